/** Where tables lie past one machine: every one is declared, keys stand first, every statement names its key, and the runner keeps an order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../mock-api/storage/db.ts'
import { migrate } from '../../mock-api/storage/migrate.ts'
import { PLACEMENTS } from '../../mock-api/storage/placement.ts'
import { statementsOf } from '../../mock-api/storage/statements.ts'
import { openTestDb } from '../support/database.ts'
import { shardedDb, type Told } from '../support/sharded-db.ts'
import { migrations, statements } from '../support/sql-texts.ts'

const keyed = Object.entries(PLACEMENTS).flatMap(([table, placement]) =>
  'key' in placement ? [{ table, ...placement }] : [],
)

describe('tables', () => {
  let db: Db
  let told: readonly Told[]
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await openTestDb()
    const sharded = shardedDb(opened.db)
    await migrate(sharded, 1)
    db = opened.db
    told = sharded.told
    close = opened.close
  })
  afterAll(() => close())

  it('are all declared, and nothing else is', async () => {
    const rows = await db.query<{ name: string }>(
      'select tablename::text as name from pg_tables where schemaname = current_schema()',
    )
    expect(Object.keys(PLACEMENTS).sort()).toEqual(rows.map(({ name }) => name).sort())
  })

  it('are placed by a uuid that is never empty and stands first in every key and constraint', async () => {
    const keys = await db.query<{ table: string; index: string; first: string }>(
      `select t.relname::text as "table", i.relname::text as "index", a.attname::text as "first"
         from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
         join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
         join pg_namespace n on n.oid = t.relnamespace
        where n.nspname = current_schema() and (x.indisunique or x.indisexclusion)`,
    )
    const columns = await db.query<{ table: string; column: string; type: string; nullable: string }>(
      `select table_name::text as "table", column_name::text as "column", data_type::text as "type", is_nullable::text as nullable
         from information_schema.columns where table_schema = current_schema()`,
    )
    for (const { table, key } of keyed) {
      const own = keys.filter((each) => each.table === table)
      expect(own.length, table).toBeGreaterThan(0)
      for (const { index, first } of own) expect(first, index).toBe(key)
      expect(columns, table).toContainEqual({ table, column: key, type: 'uuid', nullable: 'NO' })
    }
  })

  it('are placed once each, where they are declared, in the transaction that made them and after all that it does', () => {
    const made = told.filter(({ text }) => /^select create_(distributed|reference)_table/.test(text))
    expect(made.map(({ params }) => params[0]).sort()).toEqual(
      Object.keys(PLACEMENTS)
        .filter((table) => PLACEMENTS[table]?.group !== 'local')
        .sort(),
    )
    for (const { params, text, transaction } of made) {
      const placement = PLACEMENTS[String(params[0])]
      const isKeyed = placement !== undefined && 'key' in placement
      expect(text.includes('create_distributed_table'), String(params[0])).toBe(isKeyed)
      if (isKeyed) expect(params[1]).toBe(placement.key)
      const texts = told.filter((each) => each.transaction === transaction).map((each) => each.text)
      const created = texts.findIndex((each) => each.startsWith(`create table ${params[0]} `))
      expect(created, String(params[0])).toBeGreaterThan(0)
      const last = texts.findLastIndex((each) => /^(create|alter|insert|update|delete)\b/.test(each))
      expect(texts.indexOf(text)).toBeGreaterThan(last)
    }
  })

  it('of a group lie beside the first of it, and the first beside none', () => {
    const firsts = new Map<string, string>()
    for (const { text, params } of told) {
      if (!text.includes('create_distributed_table')) continue
      const [table, , beside] = params.map(String)
      const group = PLACEMENTS[table ?? '']?.group ?? ''
      const first = firsts.get(group)
      if (first === undefined) {
        expect(beside, table).toBe('none')
        firsts.set(group, table ?? '')
      } else expect(PLACEMENTS[beside ?? '']?.group, table).toBe(group)
    }
    expect(firsts.size).toBe(new Set(keyed.map(({ group }) => group)).size)
  })

  it('come one statement at a time, the note of the migration first, then the mode of placing', () => {
    for (const { text } of told) expect(statementsOf(text), text).toHaveLength(1)
    const transactions = new Set(told.map(({ transaction }) => transaction).filter((each) => each > 0))
    expect(transactions.size).toBe(migrations.length)
    for (const transaction of transactions) {
      const [first, second] = told.filter((each) => each.transaction === transaction)
      expect(first?.text).toMatch(/^insert into migrations/)
      expect(second?.text).toBe("set local citus.multi_shard_modify_mode to 'sequential'")
    }
  })

  it('say in their migration what they say here', () => {
    const said = migrations.flatMap(({ text }) =>
      [...text.matchAll(/-- Placement: ([^\n]*)(?:\n--[^\n]*)*\ncreate table (\w+)/g)].map(
        ([, words = '', table = '']) => ({ table, words }),
      ),
    )
    expect(said.length).toBe(Object.keys(PLACEMENTS).length - 1)
    for (const { table, words } of said) {
      const placement = PLACEMENTS[table]
      if (placement?.group === 'account') expect(words, table).toMatch(/^account \(account_id\)/)
      else if (placement?.group === 'offer') expect(words, table).toMatch(/^offer \(offer_key\)/)
      else if (placement?.group === 'reference') expect(words, table).toMatch(/^reference/)
      else expect(words, table).toMatch(/^its own key/)
    }
  })
})

describe('statements on placed tables', () => {
  const mentions = (text: string, table: string) =>
    [...text.matchAll(new RegExp(`\\b(from|update|join) ${table}\\b`, 'g'))].length
  const named = (text: string, key: string) =>
    [...text.matchAll(new RegExp(`\\b${key} = (\\$\\d|any\\(\\$\\d)`, 'g'))].length

  it('name the key, once for each table, or are reports that say so and write nothing', () => {
    const wrong: string[] = []
    for (const { file, text } of statements) {
      const own = keyed.filter(({ table }) => mentions(text, table) > 0)
      if (own.length === 0) continue
      const isReport = /\/\* all \w+ \*\//.test(text) && text.startsWith('select')
      for (const key of new Set(own.map((each) => each.key))) {
        const wanted = own
          .filter((each) => each.key === key)
          .reduce((sum, { table }) => sum + mentions(text, table), 0)
        if (!isReport && named(text, key) < wanted) wrong.push(`${file}: ${text}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('write one key at a time', () => {
    const wrong = statements.filter(
      ({ text }) =>
        /^(update|delete)/.test(text) &&
        keyed.some(({ table, key }) => mentions(text, table) > 0 && new RegExp(`${key} = any`).test(text)),
    )
    expect(wrong).toEqual([])
  })

  it('put the key first into what they insert', () => {
    const wrong: string[] = []
    let found = 0
    for (const { file, text } of statements) {
      const [, table = '', first] = /^insert into (\w+) \((\w+)/.exec(text) ?? []
      const placement = PLACEMENTS[table]
      if (!placement || !('key' in placement)) continue
      found++
      if (first !== placement.key) wrong.push(`${file}: ${text}`)
    }
    expect(wrong).toEqual([])
    expect(found).toBeGreaterThan(20)
  })
})

describe('a migration’s text', () => {
  it('is cut into statements, and into nothing else', () => {
    const text =
      "-- one; not this\nset local a.b to 'x;y';\n\ncreate table t (a int); -- t; too\nselect 1 - 1"
    expect(statementsOf(text)).toEqual(["set local a.b to 'x;y'", 'create table t (a int)', 'select 1 - 1'])
    for (const { name, text: whole } of migrations) {
      const bare = whole.replaceAll(/--.*$/gm, '').replaceAll(/\s+/g, ' ')
      for (const each of statementsOf(whole)) expect(bare, name).toContain(each.replaceAll(/\s+/g, ' '))
      expect(statementsOf(whole).length, name).toBe(bare.split(';').length - 1)
    }
  })
})
