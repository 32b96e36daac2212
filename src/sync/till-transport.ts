/**
 * A till's way to the backend: the exchange of any ledger and what a restored backend is handed in, at the till's own address, each request with a
 * proof by the device's key. A till has no other session: what is asked for by an account's owner alone is answered here, as a backend would that
 * does not know how.
 */
import * as v from 'valibot'
import { anyProblemSchema, PROBLEMS } from '../contract/problem.ts'
import type { Instant } from '../domain/base/time.ts'
import { type DeviceKeys, DPOP_HEADER, signDpop } from '../proof/dpop.ts'

export type Send = (path: string, init: RequestInit) => Promise<Response>

interface TillKey {
  /** The branch's; absent at the join, which says which it is. */
  readonly accountId?: string
  readonly keys: DeviceKeys
  readonly now: () => Instant
  readonly newId: () => string
}

const API = '/api/v1'
const TILLS = `${API}/tills/`

export function tillSend(send: Send, { accountId, keys, now, newId }: TillKey): Send {
  /** What this device's clock is off, as the backend has told where it was too much. */
  let offset = 0
  async function proven(path: string, init: RequestInit): Promise<Response> {
    const [pure = path] = path.split('?')
    const target = { method: init.method ?? 'GET', path: pure }
    const proof = await signDpop(target, { keys, at: now() + offset, jti: newId() })
    return send(path, { ...init, headers: { ...init.headers, [DPOP_HEADER]: proof } })
  }
  return async (path, init) => {
    const own = accountId === undefined ? path : asTill(path, accountId)
    if (own.startsWith(`${API}/accounts/`)) return notHere()
    if (!own.startsWith(TILLS)) return send(own, init)
    const answer = await proven(own, init)
    const told = answer.status === PROBLEMS.clock_off.status ? await timeTold(answer.clone()) : undefined
    if (told === undefined) return answer
    offset = told - now()
    return proven(own, init)
  }
}

/** Beside the exchange a till hands in what a restored backend has lost: its tail, and keys. */
function asTill(path: string, accountId: string): string {
  if (path === `${API}/sync`) return `${TILLS}${accountId}/sync`
  const handsIn = ['tail', 'keys'].find((what) => path === `${API}/accounts/${accountId}/${what}`)
  return handsIn ? `${TILLS}${accountId}/${handsIn}` : path
}

function notHere(): Response {
  const { status } = PROBLEMS.not_found
  const problem = { type: 'about:blank', title: 'Not for a till', status, code: 'not_found' }
  return new Response(JSON.stringify(problem), { status })
}

async function timeTold(answer: Response): Promise<Instant | undefined> {
  const problem = v.safeParse(anyProblemSchema, await answer.json().catch(() => undefined))
  if (!problem.success || problem.output.code !== 'clock_off') return undefined
  return problem.output.now
}
