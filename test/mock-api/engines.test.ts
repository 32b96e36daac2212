/** Both engines answer the same, whatever is asked before: values of every kind, tables that change under a prepared statement, statements that fail. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Db, Param, Statement } from '../../mock-api/storage/db.ts'
import { inTransaction, type Line } from '../../mock-api/storage/line.ts'
import { ENGINES, openTestDb } from '../support/database.ts'

describe.each(ENGINES)('the database on %s', (engine) => {
  let db: Db
  let close: () => Promise<void>
  beforeAll(async () => {
    const opened = await openTestDb(engine)
    db = opened.db
    close = opened.close
  })
  beforeEach(() =>
    db.script('drop table if exists things; create table things (id text primary key, n bigint)'),
  )
  afterAll(() => close())

  const read = async () =>
    (await db.query<{ id: string }>('select id from things order by id')).map(({ id }) => id)
  const add = (id: string, on: Pick<Db, 'query'> = db) =>
    on.query('insert into things (id) values ($1)', [id])

  const values: readonly (readonly [type: string, value: Param])[] = [
    ['text', '绿迹 "a" \\b\\ {c,d} \n €'],
    ['text', ''],
    ['text', null],
    ['bigint', Number.MAX_SAFE_INTEGER],
    ['bigint', -1],
    ['integer', 7],
    ['double precision', 0.1],
    ['boolean', true],
    ['boolean', false],
    ['uuid', '00000000-0000-4000-8000-000000000000'],
    ['jsonb', '{"a": [1, "b"]}'],
  ]
  it.each(values)('gives back %s %j as it was', async (type, value) => {
    for (let times = 0; times < 2; times++)
      expect(await db.query(`select $1::${type} as value`, [value])).toEqual([{ value }])
  })

  it.each([[[]], [['a']], [['a "quoted" one', 'b\\c', '{d}', 'e,f', '', 'null', '潍坊']]])(
    'takes a list %j word by word',
    async (list) => {
      const rows = await db.query<{ each: string }>('select unnest($1::text[]) as each', [list])
      expect(rows.map(({ each }) => each)).toEqual(list)
    },
  )

  it('refuses a number that JavaScript cannot hold, and goes on', async () => {
    await expect(db.query('select 9007199254740993::bigint as n')).rejects.toThrow(RangeError)
    expect(await db.query('select 2::bigint as n')).toEqual([{ n: 2 }])
  })

  // Over a network, tables change before anybody is served, and no statement asks for all columns.
  const isHere = engine === 'pglite'
  it.runIf(isHere)('answers what it was asked before in the shape that the table has by now', async () => {
    const all = () => db.query('select * from things')
    await add('a')
    for (let times = 0; times < 7; times++) expect(await all()).toEqual([{ id: 'a', n: null }])
    await db.script('alter table things add column colour text')
    expect(await all()).toEqual([{ id: 'a', n: null, colour: null }])
    await db.script('drop table things')
    await expect(all()).rejects.toMatchObject({ code: '42P01' })
    await db.script(`create table things (colour text); insert into things values ('green')`)
    expect(await all()).toEqual([{ colour: 'green' }])
  })

  it.runIf(isHere)('also where a transaction changed the table and came to nothing', async () => {
    const all = (on: Pick<Db, 'query'> = db) => on.query('select * from things')
    await add('a')
    const changed = db.transaction(async (tx) => {
      await tx.script('alter table things add column colour text')
      expect(await all(tx)).toEqual([{ id: 'a', n: null, colour: null }])
      throw new Error('no')
    })
    await expect(changed).rejects.toThrow('no')
    expect(await all()).toEqual([{ id: 'a', n: null }])
  })

  it('goes on after a statement that failed, the first time it was asked or later', async () => {
    await expect(
      add('a', { query: (_, params) => db.query('insert into nowhere (id) values ($1)', params) }),
    ).rejects.toMatchObject({ code: '42P01' })
    for (let times = 0; times < 3; times++) {
      await expect(db.query('select $1::uuid as id', ['no uuid'])).rejects.toMatchObject({ code: '22P02' })
      await db.query('select $1::uuid as id', ['00000000-0000-4000-8000-000000000000'])
    }
    await add('a')
    for (let times = 0; times < 3; times++) await expect(add('a')).rejects.toMatchObject({ code: '23505' })
    expect(await read()).toEqual(['a'])
  })

  it('refuses more values than the protocol has numbers for, and what was written of them goes with nobody’s next message', async () => {
    const many = Array.from({ length: 70_000 }, () => 'x')
    await expect(db.query('select $1::text as said', many)).rejects.toThrow()
    expect(await db.query('select $1::text as said', ['绿迹'])).toEqual([{ said: '绿迹' }])
  })

  it('keeps all of a transaction or nothing, also where what failed in it was not heard', async () => {
    await db.transaction(async (tx) => {
      await add('a', tx)
      await add('b', tx)
    })
    const unheard = db.transaction(async (tx) => {
      await add('c', tx)
      await add('a', tx).catch(() => {})
    })
    await expect(unheard).rejects.toThrow()
    expect(await read()).toEqual(['a', 'b'])
  })

  it('answers each of several statements in one message, also the same one twice and one that is new', async () => {
    const put = 'insert into things (id, n) values ($1, $2) returning id, n'
    for (const [i, name] of ['a', 'b', 'c'].entries()) {
      const rows = await db.several([
        { text: put, params: [name, i] },
        { text: put, params: [`${name} again`, null] },
        { text: 'delete from things where id = $1', params: [`${name} again`] },
        { text: `select id as only${i} from things where id = $1`, params: [name] },
      ])
      expect(rows).toEqual([
        [{ id: name, n: i }],
        [{ id: `${name} again`, n: null }],
        [],
        [{ [`only${i}`]: name }],
      ])
    }
    expect(await read()).toEqual(['a', 'b', 'c'])
  })

  it('keeps all of a transaction’s only message or nothing, and goes on', async () => {
    const put = (id: string) => ({ text: 'insert into things (id) values ($1)', params: [id] })
    const failing = [put('a'), put('a'), { text: 'select 1 as never_parsed' }]
    for (let times = 0; times < 2; times++)
      await expect(db.transaction((tx) => tx.several(failing, true))).rejects.toMatchObject({ code: '23505' })
    expect(await read()).toEqual([])
    expect(await db.several([{ text: 'select 1 as never_parsed' }])).toEqual([[{ never_parsed: 1 }]])
    const bigger = db.several([put('b'), { text: 'select 9007199254740993::bigint as n' }])
    await expect(bigger).rejects.toThrow(RangeError)
    await db.transaction((tx) => tx.several([put('c'), put('d')], true))
    expect(await read()).toEqual(['b', 'c', 'd'])
  })

  it('of a transaction keeps nothing where a later message of it fails, and takes none behind its last', async () => {
    const put = (id: string) => ({ text: 'insert into things (id) values ($1)', params: [id] })
    const failing = db.transaction(async (tx) => {
      await tx.several([put('a'), put('b')])
      await tx.several([put('c'), put('a')])
    })
    await expect(failing).rejects.toMatchObject({ code: '23505' })
    const late = db.transaction(async (tx) => {
      await tx.several([put('d')], true)
      await tx.query('select 1')
    })
    await expect(late).rejects.toThrow('over')
    expect(await read()).toEqual(['d'])
  })

  it('lets nobody into a transaction of somebody else', async () => {
    const seen: string[][] = []
    const slow = db.transaction(async (tx) => {
      await add('a', tx)
      await new Promise((resolve) => setImmediate(resolve))
      await add('b', tx)
    })
    const reads = [1, 2].map(async () => seen.push(await read()))
    await Promise.all([slow, ...reads])
    for (const each of seen) expect([0, 2]).toContain(each.length)
    expect(await read()).toEqual(['a', 'b'])
  })

  it('answers more texts and more often than it keeps prepared', async () => {
    for (let i = 0; i < 1200; i++) expect(await db.query(`select ${i}::integer as n`)).toEqual([{ n: i }])
    for (let i = 0; i < 1200; i++) expect(await db.query('select $1::integer as n', [i])).toEqual([{ n: i }])
  })
})

describe('a transaction on a line', () => {
  /** What was said on the line, message by message; `failing`: that word is refused. */
  function recorded(failing?: string): { said: string[][]; line: Line } {
    const said: string[][] = []
    const several = async (statements: readonly Statement[]) => {
      said.push(statements.map(({ text }) => text))
      if (statements.some(({ text }) => text === failing)) throw new Error('refused')
      return statements.map(({ text }) => [{ text }])
    }
    const line: Line = {
      several,
      query: async <T extends object>(text: string) => (await several([{ text }]))[0] as T[],
      script: async (text) => void said.push([text]),
      commit: async () => said.push(['commit']) > 0,
      isSound: () => true,
    }
    return { said, line }
  }
  const one = { text: 'one' }
  const two = { text: 'two' }

  // To a sharded database several statements in one message are no transaction of themselves.
  it('is begun and kept in words wherever it is more than one statement', async () => {
    const { said, line } = recorded()
    expect(await inTransaction(line, (tx) => tx.several([one, two], true))).toEqual([[one], [two]])
    await inTransaction(line, (tx) => tx.several([one], true))
    await inTransaction(line, async (tx) => {
      await tx.query('one')
      expect(await tx.several([two], true)).toEqual([[two]])
    })
    await inTransaction(line, async (tx) => void (await tx.query('one')))
    expect(said).toEqual([
      ['begin', 'one', 'two', 'commit'],
      ['one'],
      ['begin', 'one'],
      ['two', 'commit'],
      ['begin', 'one'],
      ['commit'],
    ])
  })

  it('is undone where its only message fails, or its last', async () => {
    const { said, line } = recorded('two')
    await expect(inTransaction(line, (tx) => tx.several([one, two], true))).rejects.toThrow('refused')
    await expect(
      inTransaction(line, async (tx) => {
        await tx.query('one')
        await tx.several([two], true)
      }),
    ).rejects.toThrow('refused')
    expect(said).toEqual([
      ['begin', 'one', 'two', 'commit'],
      ['rollback'],
      ['begin', 'one'],
      ['two', 'commit'],
      ['rollback'],
    ])
  })
})
