/**
 * The two ceremonies of passkeys (WebAuthn): what is asked for, once, and whether the answer is one. User verification is required in both;
 * whatever is wrong with an answer is one refusal, which tells a stranger nothing.
 */
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type * as v from 'valibot'
import type { addPasskeySchema, assertionSchema } from '../../src/contract/desk/operators.ts'
import type { OperatorId } from '../../src/domain/base/ids.ts'
import type { Deps } from '../base/deps.ts'
import { WEBAUTHN_CHALLENGE_MS } from '../base/limits.ts'
import { keyOf } from '../base/secret.ts'
import {
  type ChallengeRow,
  insertChallenge,
  notePasskeyUse,
  type PasskeyRow,
  readPasskey,
  readPasskeys,
  takeChallenge,
} from '../storage/passkeys.ts'

type Registration = v.InferOutput<typeof addPasskeySchema>['response']
type Assertion = v.InferOutput<typeof assertionSchema>

/** Where the desk stands: its passkeys are for this host, and answers come from one of these origins. */
export interface Party {
  readonly id: string
  readonly origins: readonly string[]
}

/** Unknown, revoked, replayed, from elsewhere, without verification, with a counter that went back. */
export class DoorRefused extends Error {
  override readonly name = 'DoorRefused'
  readonly problem: 'passkey_refused' | 'code_wrong'

  constructor(problem: 'passkey_refused' | 'code_wrong' = 'passkey_refused') {
    super(problem)
    this.problem = problem
  }
}

/** Loaded with the first ceremony: most processes never see one, and it has parsers of every attestation there is. */
const library = () => import('@simplewebauthn/server')

const NAME = '绿迹工作台'
const CHALLENGE_BYTES = 32

interface Asking {
  readonly purpose: ChallengeRow['purpose']
  readonly operatorId?: OperatorId
  readonly about?: object
}

export async function registrationOptions(
  deps: Deps,
  party: Party,
  { person, ...asking }: Asking & { readonly person: { readonly id: OperatorId; readonly name: string } },
) {
  const known = await readPasskeys(deps.db, person.id)
  return (await library()).generateRegistrationOptions({
    rpName: NAME,
    rpID: party.id,
    userName: person.name,
    userDisplayName: person.name,
    userID: new TextEncoder().encode(person.id),
    challenge: await makeChallenge(deps, asking),
    timeout: WEBAUTHN_CHALLENGE_MS,
    attestationType: 'none',
    excludeCredentials: known.map(toDescriptor),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
}

export async function assertionOptions(deps: Deps, party: Party, asking: Asking) {
  const own = asking.operatorId === undefined ? [] : await readPasskeys(deps.db, asking.operatorId)
  return (await library()).generateAuthenticationOptions({
    rpID: party.id,
    challenge: await makeChallenge(deps, asking),
    timeout: WEBAUTHN_CHALLENGE_MS,
    userVerification: 'required',
    // At the door nobody is asked who they are: the passkey says it.
    allowCredentials: own.filter(({ revokedAt }) => revokedAt === null).map(toDescriptor),
  })
}

function toDescriptor({ credentialId, transports }: PasskeyRow) {
  return { id: credentialId, transports: JSON.parse(transports) as string[] }
}

async function makeChallenge(
  deps: Deps,
  { purpose, operatorId, about }: Asking,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = deps.randomBytes(CHALLENGE_BYTES)
  await insertChallenge(deps.db, {
    challengeKey: challengeKey(Buffer.from(bytes).toString('base64url')),
    purpose,
    operatorId: operatorId ?? null,
    about: about === undefined ? null : JSON.stringify(about),
    expiresAt: deps.now() + WEBAUTHN_CHALLENGE_MS,
  })
  return bytes
}

function challengeKey(challenge: string): string {
  return keyOf('webauthn challenge', challenge)
}

interface Registered {
  readonly challenge: ChallengeRow
  readonly passkey: Pick<PasskeyRow, 'credentialId' | 'publicKey' | 'counter' | 'transports'>
}

export async function readRegistration(
  deps: Deps,
  party: Party,
  { response, purpose }: { response: Registration; purpose: 'enrol' | 'add' },
): Promise<Registered> {
  const { row, challenge } = await spend(deps, response.response.clientDataJSON, purpose)
  const { verifyRegistrationResponse } = await library()
  const verified = await orRefuse(
    verifyRegistrationResponse({
      response: { ...response, clientExtensionResults: {} } as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      requireUserVerification: true,
    }),
  )
  if (!verified.verified) throw new DoorRefused()
  const { id, publicKey, counter } = verified.registrationInfo.credential
  const transports = JSON.stringify(response.response.transports ?? [])
  return {
    challenge: row,
    passkey: {
      credentialId: id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter,
      transports,
    },
  }
}

/** Whose it is. `operatorId`: nobody else's will do. */
export async function readAssertion(
  deps: Deps,
  party: Party,
  asked: { response: Assertion; purpose: 'sign-in' | 'step-up'; operatorId?: OperatorId },
): Promise<OperatorId> {
  const { response, purpose } = asked
  const { row, challenge } = await spend(deps, response.response.clientDataJSON, purpose)
  const key = await readPasskey(deps.db, response.id)
  if (!key || key.revokedAt !== null) throw new DoorRefused()
  if (asked.operatorId !== undefined && key.operatorId !== asked.operatorId) throw new DoorRefused()
  if (row.operatorId !== null && row.operatorId !== key.operatorId) throw new DoorRefused()
  const { userHandle, ...signed } = response.response
  if (userHandle && Buffer.from(userHandle, 'base64url').toString() !== key.operatorId)
    throw new DoorRefused()
  const { verifyAuthenticationResponse } = await library()
  const verified = await orRefuse(
    verifyAuthenticationResponse({
      response: {
        ...response,
        clientExtensionResults: {},
        response: signed,
      },
      expectedChallenge: challenge,
      expectedOrigin: [...party.origins],
      expectedRPID: party.id,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
        counter: key.counter,
      },
      requireUserVerification: true,
    }),
  )
  if (!verified.verified) throw new DoorRefused()
  const counter = verified.authenticationInfo.newCounter
  // Of two answers with one counter, one is a copy's.
  if (!(await notePasskeyUse(deps.db, key.credentialId, { counter, at: deps.now() }))) throw new DoorRefused()
  return key.operatorId
}

/** The challenge that the browser has signed over, which is gone with that: of this purpose, and not too old. */
async function spend(
  deps: Deps,
  clientDataJSON: string,
  purpose: ChallengeRow['purpose'],
): Promise<{ row: ChallengeRow; challenge: string }> {
  const challenge = challengeIn(clientDataJSON)
  const row = challenge === undefined ? undefined : await takeChallenge(deps.db, challengeKey(challenge))
  if (challenge === undefined || row?.purpose !== purpose || row.expiresAt <= deps.now())
    throw new DoorRefused()
  return { row, challenge }
}

function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString()) as {
      challenge?: unknown
    }
    return typeof challenge === 'string' ? challenge : undefined
  } catch {
    return undefined
  }
}

/** The library throws a sentence for each thing that is wrong: to whoever asks they are all one. */
async function orRefuse<T>(verified: Promise<T>): Promise<T> {
  try {
    return await verified
  } catch {
    throw new DoorRefused()
  }
}
