/** The SQL itself, by its text: what the portable rules forbid, and that every table says where it lies. */
import { describe, expect, it } from 'vitest'
import { statementsOf } from '../../mock-api/storage/statements.ts'
import { migrations, statements } from '../support/sql-texts.ts'

/** Of the same answer within one statement only. An index takes none of them either, nor does an update of a sharded table. */
const STABLE = /\b(concat|concat_ws|format|to_char|to_timestamp|now|age)\(|\bcurrent_(date|time|timestamp)\b/

describe('statements', () => {
  it('are found', () => {
    expect(statements.length).toBeGreaterThan(50)
  })

  it('keep to what all three engines take', () => {
    const forbidden: readonly [RegExp, string][] = [
      [/^(select|with)[\s\S]* for update/, 'a lock by select as the first statement of a write'],
      [/do update set[\s\S]*\bnow\(\)/, 'now() in an upsert'],
      [/(gen_random_uuid|clock_timestamp|random)\(/, 'values that the application has to make'],
      [/\b(rollup|cube|grouping sets)\b/, 'reports that a sharded database refuses'],
      [/\bmerge into\b|pg_advisory|\block table\b|\blisten\b|\bnotify\b/, 'what exists on one node only'],
      [/\buuidv7\(|any_value\(|json_table\(/, 'newer than PostgreSQL 15'],
    ]
    for (const { file, text } of statements)
      for (const [pattern, what] of forbidden)
        expect(pattern.test(text), `${file}: ${what}: ${text}`).toBe(false)
  })

  it('hand out sequence numbers by a compare-and-set only', () => {
    const writes = statements.filter(({ text }) =>
      /\bupdate accounts set .*\bnext_seq = .* where /.test(text),
    )
    expect(writes).toHaveLength(1)
    expect(writes[0]?.text).toMatch(
      /next_seq = next_seq \+ \$4.* where account_id = \$1 and next_seq = \$2 and fence = \$3/,
    )
  })
})

describe('migrations', () => {
  it('place every table, name every constraint and index, and use nothing that some engine refuses', () => {
    for (const { name, text } of migrations) {
      expect(text, name).toContain("set local citus.multi_shard_modify_mode to 'sequential';")
      const tables = [...text.matchAll(/((?:^-- .*\n)*)create table (\w+)/gm)]
      expect(tables.length > 0 || /\n(alter table|insert into) /.test(text), name).toBe(true)
      for (const [, comment = '', table] of tables)
        expect(comment, `${name} ${table}`).toContain('Placement:')
      for (const [, named = ''] of text.matchAll(/constraint (\w+)/g))
        expect(named.length).toBeLessThanOrEqual(50)
      for (const [, index = ''] of text.matchAll(/create (?:unique )?index (\w+)/g))
        expect(index.length).toBeLessThanOrEqual(50)
      const bare = text.replaceAll(/--.*$/gm, '')
      for (const word of ['primary key', 'unique', 'check']) {
        for (const { index } of bare.matchAll(new RegExp(`\\b${word} \\(`, 'g')))
          expect(bare.slice(0, index).trimEnd(), `${name}: ${word} without a name`).toMatch(/constraint \w+$/)
      }
      expect(bare, name).not.toMatch(
        /create trigger|create rule|exclude using|create extension|row level security|references|default/,
      )
    }
  })

  it('update nothing by a function that a sharded database would not take with columns', () => {
    const updates = [
      ...migrations.flatMap(({ text }) => statementsOf(text)),
      ...statements.map(({ text }) => text),
    ].filter((text) => /^update\b/.test(text.trim()))
    expect(updates.length).toBeGreaterThan(20)
    expect(updates.filter((text) => STABLE.test(text))).toEqual([])
  })

  it('put the placement key first in every key', () => {
    for (const { text } of migrations) {
      for (const [, table = '', columns = ''] of text.matchAll(/create table (\w+) \(([\s\S]*?)\n\);/g)) {
        const placement = /^\s*(?:--.*\n\s*)*(\w+)/.exec(columns)?.[1]
        for (const [, key = ''] of columns.matchAll(/(?:primary key|unique) \((\w+)/g))
          expect(key, table).toBe(placement)
      }
    }
  })
})
