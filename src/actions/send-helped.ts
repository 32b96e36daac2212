/** Sends what was logged for others, in order, and keeps what came back. Sent twice, it is one: ids were made before. */
import type { HelpedDb, HelpedPerson, HelpingEnd } from '../db/helped.ts'
import { settleHelped, takeWaiting } from '../db/helped.ts'
import type { PageReading } from '../domain/base/clock.ts'
import type { Instant } from '../domain/base/time.ts'

interface LogApi {
  logAsHelper(
    accountId: string,
    secret: string,
    log: { sentAt: Instant; clock: PageReading; commands: string[] },
  ): Promise<{ readonly receipts: readonly { id: string; outcome: string }[]; readonly now: Instant }>
}

interface SendContext {
  readonly helped: HelpedDb
  readonly now: () => Instant
  readonly page: () => PageReading
  /** As many as the backend takes at a time. */
  readonly most: number
  /** What was answered since then is sent again, see `takeWaiting`. */
  readonly againSince?: Instant | undefined
}

/** What is over for good; anything else may go better later. */
const ENDS: Readonly<Record<string, HelpingEnd>> = {
  helper_revoked: 'revoked',
  account_deleted: 'revoked',
  not_signed_in: 'over',
}

/** Throws the first problem that may pass, after all others had their turn. */
export async function sendHelped(context: SendContext, api: LogApi): Promise<void> {
  const problems: unknown[] = []
  for (const person of await context.helped.people.toArray())
    await sendFor(context, api, person).catch((error: unknown) => problems.push(error))
  if (problems.length > 0) throw problems[0]
}

async function sendFor(context: SendContext, api: LogApi, person: HelpedPerson): Promise<void> {
  const { helped, now, page, most } = context
  const { accountId, secret } = person
  const againSince = person.end ? undefined : context.againSince
  let after = 0
  for (;;) {
    const rows = await takeWaiting(helped, accountId, { now: now(), most, after, againSince })
    if (rows.length === 0) return
    after = rows.at(-1)?.n ?? after
    const log = { sentAt: now(), clock: page(), commands: rows.map(({ text }) => text) }
    try {
      const { receipts, now: heardAt } = await api.logAsHelper(accountId, secret, log)
      await settleHelped(helped, accountId, { receipts, heardAt })
      const isTold = rows.every(({ id }) => receipts.some((receipt) => receipt.id === id))
      if (!isTold || receipts.some(({ outcome }) => outcome === 'waiting')) return
    } catch (error) {
      const end = ENDS[(error as { code?: string }).code ?? '']
      if (end === undefined) throw error
      await helped.people.update(accountId, { end })
      return
    }
  }
}
