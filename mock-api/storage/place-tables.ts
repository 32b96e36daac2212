/** Lays tables where they belong on a sharded database, at the end of the transaction that made them. Elsewhere there is nothing to do. */
import type { Queryable } from './db.ts'
import { PLACEMENTS } from './placement.ts'

export async function placeTables(tx: Queryable): Promise<void> {
  if (!(await isSharded(tx))) return
  const there = await tablesIn(tx)
  const placed = new Set(
    (await tx.query<{ name: string }>('select logicalrelid::text as name from pg_dist_partition')).map(
      ({ name }) => name,
    ),
  )
  for (const [table, placement] of Object.entries(PLACEMENTS)) {
    if (!there.has(table) || placed.has(table) || placement.group === 'local') continue
    if ('key' in placement) await distribute(tx, { table, ...placement }, placed)
    else await tx.query('select create_reference_table($1)', [table])
    placed.add(table)
  }
}

/** The first of its group is laid out anew; without `none`, every key of the same type would count as one group. */
async function distribute(
  tx: Queryable,
  { table, group, key }: { table: string; group: string; key: string },
  placed: ReadonlySet<string>,
): Promise<void> {
  const beside = Object.entries(PLACEMENTS).find(([name, each]) => each.group === group && placed.has(name))
  await tx.query('select create_distributed_table($1, $2, colocate_with => $3)', [
    table,
    key,
    beside?.[0] ?? 'none',
  ])
}

async function isSharded(tx: Queryable): Promise<boolean> {
  return (await tx.query("select extname from pg_extension where extname = 'citus'")).length > 0
}

async function tablesIn(tx: Queryable): Promise<Set<string>> {
  const rows = await tx.query<{ name: string }>(
    'select tablename::text as name from pg_tables where schemaname = current_schema()',
  )
  return new Set(rows.map(({ name }) => name))
}
