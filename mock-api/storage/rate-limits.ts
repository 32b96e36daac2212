/** Counters, one row a rule and subject. A window begins with its first use, so that "one a minute" means a whole minute. */
import type { Instant } from '../../src/domain/base/time.ts'
import type { Queryable } from './db.ts'

export interface Window {
  readonly count: number
  readonly windowStart: number
}

/** Counts, and answers the window with this use in it; a window that is over begins anew. */
export async function countInWindow(
  db: Queryable,
  use: { limitKey: string; now: Instant; windowMs: number; amount: number },
): Promise<Window> {
  const rows = await db.query<Window>(
    `insert into rate_limits (limit_key, window_start, count) values ($1, $2, $4)
     on conflict (limit_key) do update
       set count = case when rate_limits.window_start > excluded.window_start - $3 then rate_limits.count + excluded.count else excluded.count end,
           window_start = case when rate_limits.window_start > excluded.window_start - $3 then rate_limits.window_start else excluded.window_start end
     returning count, window_start as "windowStart"`,
    [use.limitKey, use.now, use.windowMs, use.amount],
  )
  return rows[0] as Window
}

/** The window that is open, if one is. */
export async function readWindow(
  db: Queryable,
  limitKey: string,
  after: Instant,
): Promise<Window | undefined> {
  const rows = await db.query<Window>(
    'select count, window_start as "windowStart" from rate_limits where limit_key = $1 and window_start > $2',
    [limitKey, after],
  )
  return rows[0]
}

/** Looked for over all, and dropped one by one, so that no write goes to every machine. */
export async function dropOldLimits(db: Queryable, before: Instant, limit: number): Promise<void> {
  const old = await db.query<{ limitKey: string }>(
    'select limit_key as "limitKey" from rate_limits /* all limits */ where window_start < $1 limit $2',
    [before, limit],
  )
  for (const { limitKey } of old)
    await db.query('delete from rate_limits where limit_key = $1 and window_start < $2', [limitKey, before])
}
