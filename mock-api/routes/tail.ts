/** What a phone brings back to a restored backend: the tail of its journal, and keys that it trusts. */
import {
  handedKeysSchema,
  TAIL_PART_BYTES_MAX,
  TAIL_PART_RECORDS_MAX,
  type TailAnswer,
  type TailPart,
  tailPartSchema,
} from '../../src/contract/tail.ts'
import type { KeySet } from '../../src/proof/keys.ts'
import type { Deps } from '../base/deps.ts'
import { shortId } from '../base/log.ts'
import { readLiving } from '../book/append.ts'
import { handInTail } from '../book/tail.ts'
import { readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { accountParam, requireSession } from '../http/session.ts'
import { requireTill } from '../http/till-session.ts'
import type { UsedProofs } from '../http/used-proofs.ts'
import type { Gate } from './sync.ts'

/** The texts' quotes are escaped once more, and hashes, salts and keys stand beside them. */
const PART_BOUNDS = { bytes: 2 * TAIL_PART_BYTES_MAX, values: 6 * TAIL_PART_RECORDS_MAX + 1000 }
/** Each with its endorsements. */
const KEYS_BOUNDS = { bytes: 128 * 1024, values: 1000 }

export async function handIn(c: HttpContext, deps: Deps, gate: Gate): Promise<TailAnswer> {
  const accountId = accountParam(c)
  const session = await requireSession(c, deps, accountId)
  await gate.countSync(session.tokenKey)
  // A session of a build that kept no device is its own.
  const key = { accountId, deviceId: session.deviceId ?? session.tokenKey }
  return handInPart(deps, gate, { key, part: await readPart(c) })
}

/** Of a branch's journal, which each of its tills has whole. */
export async function handInAsTill(c: HttpContext, deps: Deps, { gate, used }: AtTills): Promise<TailAnswer> {
  const accountId = accountParam(c)
  const part = await readPart(c)
  const { till, tokenKey } = await requireTill(c, deps, { accountId, used })
  await gate.countSync(tokenKey)
  return handInPart(deps, gate, { key: { accountId, deviceId: till.deviceId }, part })
}

interface AtTills {
  readonly gate: Gate
  readonly used: UsedProofs
}

function readPart(c: HttpContext): Promise<TailPart> {
  return readJson(c, tailPartSchema, PART_BOUNDS)
}

async function handInPart(
  deps: Deps,
  gate: Gate,
  { key, part }: { key: Parameters<typeof handInTail>[1]; part: TailPart },
): Promise<TailAnswer> {
  // As heavy as the largest batch: one tail at a time does not keep others waiting for long.
  const answer = await gate.turns.run(TAIL_PART_RECORDS_MAX, () => handInTail(deps, key, part))
  if (answer.state === 'staged') return answer
  const { state, ...facts } = answer
  deps.log('info', `tail ${state}`, { account: shortId(key.accountId), ...facts })
  return answer
}

export async function handInKeys(c: HttpContext, deps: Deps, gate: Gate): Promise<void> {
  const accountId = accountParam(c)
  const session = await requireSession(c, deps, accountId)
  await gate.countSync(session.tokenKey)
  await readLiving(deps.db, accountId)
  await deps.keyring.adopt(await readKeys(c))
}

export async function handInKeysAsTill(c: HttpContext, deps: Deps, { gate, used }: AtTills): Promise<void> {
  const keys = await readKeys(c)
  const { tokenKey } = await requireTill(c, deps, { accountId: accountParam(c), used })
  await gate.countSync(tokenKey)
  await deps.keyring.adopt(keys)
}

async function readKeys(c: HttpContext): Promise<KeySet> {
  return (await readJson(c, handedKeysSchema, KEYS_BOUNDS)) as KeySet
}
