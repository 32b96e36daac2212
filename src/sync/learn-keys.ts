/**
 * Keys of vouchers are apart from those of heads, so that no head shows that there is a new one. A phone asks for a key with the first voucher
 * that it signed: should a backup lose it, this phone can bring it back.
 */
import type { ParsedRecord } from '../db/derive.ts'
import { kidOf } from '../proof/kid.ts'
import type { PassDeps } from './pass-deps.ts'

export async function learnKeys(deps: PassDeps, records: readonly ParsedRecord[]): Promise<void> {
  const tokens = records.flatMap(({ detail }) => detail?.voucher?.token ?? detail?.acceptance?.token ?? [])
  if (tokens.length === 0) return
  const known = new Set((await deps.keys(false)).keys.map(({ kid }) => kid))
  const isNew = (token: string) => {
    const kid = kidOf(token)
    return kid !== undefined && !known.has(kid)
  }
  // No reason to keep the ledger waiting: the day's question asks for it as well.
  if (tokens.some(isNew)) await deps.keys(true).catch(() => undefined)
}
