/** Secrets that outlive KEY_SECRET, wrapped by it. */
import type { Queryable } from './db.ts'

export async function readKeptSecret(db: Queryable, name: string): Promise<string | undefined> {
  const [row] = await db.query<{ wrapped: string }>(
    'select wrapped from kept_secrets where secret_name = $1',
    [name],
  )
  return row?.wrapped
}

export async function keepSecret(db: Queryable, name: string, wrapped: string): Promise<void> {
  await db.query(
    `insert into kept_secrets (secret_name, wrapped) values ($1, $2)
     on conflict (secret_name) do update set wrapped = excluded.wrapped`,
    [name, wrapped],
  )
}
