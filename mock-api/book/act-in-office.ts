/**
 * Whatever an operator does: first a record of the office, with a row that says what is to come of it; then the effect. What a crash leaves
 * between the two, the sweeper runs. An effect that the book refuses for good is said by a record of its own.
 */
import { PROBLEMS, type ProblemCode } from '../../src/contract/problem.ts'
import type { AccountId, OperatorId } from '../../src/domain/base/ids.ts'
import type { OfficeKind } from '../../src/domain/ledger/operator.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import type { Asked, OfficeAct } from '../base/office-act.ts'
import { closeOfficeAct, type OfficeActRow, readOfficeAct } from '../storage/office-acts.ts'
import { readKnown } from '../storage/records.ts'
import { changeAccount } from './append.ts'
import { BookError } from './errors.ts'
import { openOffice } from './office.ts'
import type { OfficeBeside } from './office-beside.ts'
import { draft, type Writing } from './writing.ts'

/** Who acts, and the id that their browser gave to what they ask for. */
export interface Acting {
  readonly operatorId: OperatorId
  readonly name: string
  readonly sessionKey: string
  readonly actId: string
}

/** Asked for again with the same id, it is answered again and not done twice; with another payload it is refused. */
export async function actInOffice<Payload, Answer>(
  deps: Deps,
  operator: Acting,
  { act, city, subject, payload }: Asked<Payload, Answer>,
): Promise<Answer> {
  const accountId = await openOffice(deps, city)
  const text = canonicalJson(payload)
  const { actId, operatorId } = operator
  const row = { accountId, actId, act: act.name, subject, payload: text, operatorId, at: deps.now() }
  const isNew = await changeAccount(deps, accountId, (writing) =>
    writeCommand(deps, writing, {
      operator,
      kind: 'office.act',
      body: { act: act.name, subject, digest: sha256Hex(text) },
      office: { act: row },
    }),
  )
  // What the journal says came to nothing stays so: whoever wants it by now asks anew.
  if (!isNew && (await readOfficeAct(deps.db, accountId, actId))?.state === 'failed')
    throw new BookError('already_decided')
  return runAct(deps, act, row)
}

/** A command in the office's journal; known already, nothing. */
export async function writeCommand(
  deps: Deps,
  writing: Writing,
  asked: { operator: Acting; kind: OfficeKind; body: object; office: OfficeBeside; note?: string },
): Promise<boolean> {
  const { operator, kind, body, office, note } = asked
  const { actId: id, operatorId, name, sessionKey: session } = operator
  const command = canonicalJson({ id, kind, body })
  const commandDigest = sha256Hex(command)
  const known = (await readKnown(deps.db, writing.account.accountId, [id])).get(id)
  if (known && known.commandDigest !== commandDigest) throw new BookError('id_reused')
  if (known) return false
  draft(writing, {
    by: 'operator',
    operator: { id: operatorId, name, session },
    kind,
    id,
    outcome: 'accepted',
    transfers: [],
    commandDigest,
    detail: { command, ...(note === undefined ? {} : { note }) },
    office,
  })
  return true
}

type OpenAct = Pick<OfficeActRow, 'accountId' | 'actId' | 'subject' | 'payload' | 'operatorId'>

/** The effect, and then that it is done. What may help later stays open; what the book refuses for good is said in the journal. */
export async function runAct<Payload, Answer>(
  deps: Deps,
  act: OfficeAct<Payload, Answer>,
  row: OpenAct,
): Promise<Answer> {
  const { actId, subject, operatorId } = row
  const payload = JSON.parse(row.payload ?? 'null') as Payload
  const isPersonal = act.isPersonal ?? false
  try {
    const answer = await act.run(deps, { actId, operatorId, subject, payload })
    await closeOfficeAct(deps.db, row, { reason: null, isPersonal })
    return answer
  } catch (error) {
    const reason = finalReason(error)
    if (reason !== undefined && (await closeOfficeAct(deps.db, row, { reason, isPersonal })))
      await noteFailure(deps, row, reason)
    throw error
  }
}

/** Whether the act came to nothing for good, as the journal says by then. */
export function isRefusedForGood(error: unknown): boolean {
  return finalReason(error) !== undefined
}

/** Undefined: the same may succeed later, or it is a fault of ours that the sweeper reports until it is mended. */
function finalReason(error: unknown): string | undefined {
  if (error instanceof BookError) return error.fault === 'contended' ? undefined : error.fault
  // What the rooms above the book refuse is a problem already.
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && isFinal(code) ? code : undefined
}

function isFinal(code: string): boolean {
  return Object.hasOwn(PROBLEMS, code) && !PROBLEMS[code as ProblemCode].retry
}

async function noteFailure(
  deps: Deps,
  { accountId, actId }: { accountId: AccountId; actId: string },
  reason: string,
): Promise<void> {
  const id = `office.fail:${actId}`
  await changeAccount(deps, accountId, async (writing) => {
    if ((await readKnown(deps.db, accountId, [id])).has(id)) return
    draft(writing, {
      by: 'step',
      kind: 'office.fail',
      id,
      outcome: 'accepted',
      transfers: [],
      detail: { about: actId, note: reason },
    })
  })
}
