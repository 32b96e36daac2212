/** What is done about people at the desk: coming in, being invited, roles, passkeys. Whoever is to approve others' acts is named by two. */
import * as v from 'valibot'
import { credentialId, grantsSchema, OPERATOR_NAME_MAX } from '../../src/contract/desk/operators.ts'
import { nameOf } from '../../src/contract/plain-text.ts'
import type { OperatorId } from '../../src/domain/base/ids.ts'
import { type Grant, hasRole, type Role } from '../../src/domain/ledger/operator.ts'
import type { Deps } from '../base/deps.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { BookError } from '../book/errors.ts'
import { endSessionsOf } from '../storage/operator-sessions.ts'
import {
  insertInvitation,
  insertOperator,
  readAllGrants,
  readGrants,
  readOperators,
  useInvitation,
  writeGrants,
  writeOperatorState,
} from '../storage/operators.ts'
import { insertPasskey, readPasskey, revokePasskey, writeRecoveryCodes } from '../storage/passkeys.ts'

const uuid = v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/))
const operatorId = v.pipe(
  uuid,
  v.transform((text) => text as OperatorId),
)
const passkey = v.strictObject({
  credentialId,
  publicKey: v.string(),
  counter: v.number(),
  transports: v.string(),
  name: v.string(),
})
const codeKeys = v.array(uuid)

const enrolPayload = v.strictObject({
  operatorId,
  name: nameOf(OPERATOR_NAME_MAX),
  roles: grantsSchema,
  passkey,
  codeKeys,
  /** Of the invitation; absent for the first administrator. */
  invitation: v.exactOptional(uuid),
})

/** Of two who come in by one invitation, or as the first administrator, the second has come in vain. */
export const enrolAct: OfficeAct<v.InferOutput<typeof enrolPayload>, void> = {
  name: 'operator.enrol',
  payload: enrolPayload,
  async run({ db, now }, { payload }) {
    const at = now()
    await db.transaction(async (tx) => {
      const isNew = await insertOperator(tx, { ...payload, isSample: false, at })
      const isTaken = payload.invitation !== undefined && !(await useInvitation(tx, payload.invitation, at))
      if (!isNew || isTaken) {
        const known = await readPasskey(tx, payload.passkey.credentialId)
        if (known?.operatorId !== payload.operatorId) throw new BookError('already_decided')
        return
      }
      await writeGrants(tx, payload.operatorId, payload.roles)
      await insertPasskey(tx, { ...payload.passkey, operatorId: payload.operatorId, at })
      await writeRecoveryCodes(tx, payload.operatorId, payload.codeKeys)
    })
  },
}

const invitePayload = v.strictObject({
  operatorId,
  name: nameOf(OPERATOR_NAME_MAX),
  roles: grantsSchema,
  codeKey: uuid,
  expiresAt: v.number(),
})

/** Roles by which somebody is over others. */
const OVER_OTHERS: readonly Role[] = ['approver', 'admin']

/** As soon as there is somebody else who may approve: the first one, the first administrator names alone. */
async function needsAnother(
  { db, config }: Deps,
  { payload, operatorId: asking }: { payload: { readonly roles: readonly Grant[] }; operatorId: OperatorId },
): Promise<boolean> {
  if (!hasRole(payload.roles, OVER_OTHERS)) return false
  const active = new Set(
    (await readOperators(db))
      .filter(({ state, isSample }) => state === 'active' && (config.demo || !isSample))
      .map((each) => each.operatorId),
  )
  const grants = await readAllGrants(db)
  return grants.some(
    (each) => each.role === 'approver' && each.operatorId !== asking && active.has(each.operatorId),
  )
}

export const inviteAct: OfficeAct<v.InferOutput<typeof invitePayload>, void> = {
  name: 'operator.invite',
  payload: invitePayload,
  fourEyes: { approvedBy: ['approver'], isNeeded: needsAnother },
  async run({ db }, { payload, operatorId: invitedBy }) {
    await insertInvitation(db, { ...payload, roles: JSON.stringify(payload.roles), invitedBy })
  },
}

const rolesPayload = v.strictObject({ operatorId, roles: grantsSchema })

export const rolesAct: OfficeAct<v.InferOutput<typeof rolesPayload>, void> = {
  name: 'operator.roles',
  payload: rolesPayload,
  fourEyes: {
    approvedBy: ['approver'],
    isNeeded: needsAnother,
    before: async ({ db }, payload) => ({
      operatorId: payload.operatorId,
      roles: await readGrants(db, payload.operatorId),
    }),
  },
  run: ({ db }, { payload }) => db.transaction((tx) => writeGrants(tx, payload.operatorId, payload.roles)),
}

const statePayload = v.strictObject({ operatorId, state: v.picklist(['active', 'suspended']) })

/** At once: whoever is suspended is out with their next request. */
export const stateAct: OfficeAct<v.InferOutput<typeof statePayload>, void> = {
  name: 'operator.state',
  payload: statePayload,
  async run({ db, now }, { payload }) {
    await writeOperatorState(db, payload.operatorId, payload.state)
    if (payload.state === 'suspended') await endSessionsOf(db, payload.operatorId, now())
  },
}

const passkeyPayload = v.strictObject({ operatorId, passkey })

export const addPasskeyAct: OfficeAct<v.InferOutput<typeof passkeyPayload>, void> = {
  name: 'passkey.add',
  payload: passkeyPayload,
  run: ({ db, now }, { payload }) =>
    insertPasskey(db, { ...payload.passkey, operatorId: payload.operatorId, at: now() }),
}

const revokePayload = v.strictObject({ operatorId, credentialId })

/** All sessions of that person end with it: which of them it had opened is nobody's guess. */
export const revokePasskeyAct: OfficeAct<v.InferOutput<typeof revokePayload>, void> = {
  name: 'passkey.revoke',
  payload: revokePayload,
  async run({ db, now }, { payload }) {
    await revokePasskey(db, payload.credentialId, now())
    await endSessionsOf(db, payload.operatorId, now())
  },
}

const recoveryPayload = v.strictObject({ operatorId, codeKeys })

export const recoveryAct: OfficeAct<v.InferOutput<typeof recoveryPayload>, void> = {
  name: 'recovery.renew',
  payload: recoveryPayload,
  run: ({ db }, { payload }) =>
    db.transaction((tx) => writeRecoveryCodes(tx, payload.operatorId, payload.codeKeys)),
}

export const PEOPLE_ACTS: readonly OfficeAct[] = [
  enrolAct,
  inviteAct,
  rolesAct,
  stateAct,
  addPasskeyAct,
  revokePasskeyAct,
  recoveryAct,
]
