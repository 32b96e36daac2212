/** Turns among processes: what only one of them does at a time. A row's own lock, so that it also holds past one machine. */
import type { Instant } from '../../src/domain/base/time.ts'
import { keyOf } from '../base/secret.ts'
import type { Queryable } from './db.ts'

const turnKey = (name: string): string => keyOf('turn', name)
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** First in a transaction: until its end, no other one gets past this. */
export async function waitForTurn(tx: Queryable, name: string): Promise<void> {
  await tx.query(
    `insert into turns (turn_key, holder, held_until) values ($1, $2, 0)
     on conflict (turn_key) do update set held_until = turns.held_until`,
    [turnKey(name), NOBODY],
  )
}

/** For work longer than a transaction. False: another process is at it. The holder takes it again to keep it for longer. */
export async function takeTurn(
  db: Queryable,
  turn: { name: string; holder: string; now: Instant; until: Instant },
): Promise<boolean> {
  const rows = await db.query(
    `insert into turns (turn_key, holder, held_until) values ($1, $2, $4)
     on conflict (turn_key) do update set holder = excluded.holder, held_until = excluded.held_until
       where turns.holder = excluded.holder or turns.held_until <= $3
     returning turn_key`,
    [turnKey(turn.name), turn.holder, turn.now, turn.until],
  )
  return rows.length > 0
}

export async function endTurn(db: Queryable, turn: { name: string; holder: string }): Promise<void> {
  await db.query('update turns set held_until = 0 where turn_key = $1 and holder = $2', [
    turnKey(turn.name),
    turn.holder,
  ])
}
