/** The desk's lists over HTTP: whatever is asked, every page together is exactly what fits, in the order that was asked for, and what a list does not know is refused by name. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACTS } from '../../mock-api/desk/acts.ts'
import { insertAlert } from '../../mock-api/storage/alerts.ts'
import { insertMerchant } from '../../mock-api/storage/merchants.ts'
import { putOccurrence } from '../../mock-api/storage/occurrences.ts'
import { insertOperator } from '../../mock-api/storage/operators.ts'
import { putPlantingDay } from '../../mock-api/storage/planting-days.ts'
import { openReview } from '../../mock-api/storage/reviews.ts'
import { DESK_LISTS } from '../../src/contract/desk/lists.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import type { MerchantId } from '../../src/domain/base/ids.ts'
import { DAY_MS, dayOf, HOUR_MS, zonedTime } from '../../src/domain/base/time.ts'
import type { Points } from '../../src/domain/base/units.ts'
import { OFFICE_ACTS, PROPOSED_ACTS } from '../../src/domain/ledger/office-acts.ts'
import type { Alert } from '../../src/domain/taking-part/alert.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { feedback } from '../support/commands.ts'
import { ENGINES } from '../support/database.ts'
import { uuidFrom } from '../support/ids.ts'
import { operatorWith, type TestOperator } from '../support/operator.ts'

const MANY = 450

const alertOf = (identifier: string): Omit<Alert, 'sent'> => ({
  ...{ identifier, sender: 'greentrace', status: 'Exercise', msgType: 'Alert', scope: 'Public', info: [] },
})

it('acts that lists can be narrowed to are those that there are', () => {
  expect(Object.keys(ACTS).sort()).toEqual([...OFFICE_ACTS])
  const proposed = Object.values(ACTS).flatMap(({ name, fourEyes }) => (fourEyes ? [name] : []))
  expect(proposed.sort()).toEqual([...PROPOSED_ACTS])
})

describe.each(ENGINES)('lists on %s', (engine) => {
  let backend: Backend
  let clerk: TestOperator
  let reviewer: TestOperator
  let admin: TestOperator
  let auditor: TestOperator

  beforeAll(async () => {
    backend = await startBackend({ db: engine, providers: true })
    clerk = await operatorWith(backend, ['catalog', 'finance'])
    reviewer = await operatorWith(backend, ['reviewer'])
    admin = await operatorWith(backend, ['admin'])
    auditor = await operatorWith(backend, ['auditor'])
    for (let i = 0; i < MANY; i++)
      await insertMerchant(backend.db, {
        merchantId: `shop-${String(i).padStart(3, '0')}` as MerchantId,
        // Three letters, so that many have the same name and the key has to tell them apart.
        nameZh: ['阿胶店', '包子铺', '茶馆'][i % 3] ?? '',
        nameEn: ['Zebra', 'apple', 'Mango'][i % 3] ?? '',
        city: CITY_IDS[i % CITY_IDS.length] ?? 'jinan',
      })
  })
  afterAll(() => backend.close())

  interface Answer {
    readonly next?: string
    readonly [rows: string]: unknown
  }

  /** All pages, one after the other, by the name that the rows have. */
  async function all<Row>(
    by: TestOperator,
    path: string,
    name = 'rows',
  ): Promise<{ rows: Row[]; pages: number }> {
    const rows: Row[] = []
    const joint = path.includes('?') ? '&' : '?'
    let after = ''
    for (let pages = 1; ; pages++) {
      const response = await by.call('GET', `${path}${after && `${joint}after=${after}`}`)
      expect(response.status, path).toBe(200)
      const answer = (await response.json()) as Answer
      rows.push(...(answer[name] as Row[]))
      if (answer.next === undefined) return { rows, pages }
      after = answer.next
    }
  }

  interface Shop {
    readonly merchantId: string
    readonly nameZh: string
    readonly nameEn: string
    readonly city: string
  }

  it('read whole: any words, filter and order, page by page, are the same as looking at all of them', async () => {
    const { rows: every, pages } = await all<Shop>(clerk, '/merchants')
    expect([every.length >= MANY, pages > 1]).toEqual([true, true])
    const collators = {
      zh: new Intl.Collator('zh-CN', { numeric: true }),
      en: new Intl.Collator('en', { numeric: true }),
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('', '店', 'ＡＰＰＬＥ', 'shop-1', 'nothing of the kind'),
        fc.constantFrom(undefined, ...CITY_IDS),
        fc.constantFrom(undefined, 'id', '-id', 'name', '-name'),
        fc.constantFrom('zh' as const, 'en' as const),
        async (find, city, sort, language) => {
          const query = new URLSearchParams({
            ...(find ? { find } : {}),
            ...(city ? { city } : {}),
            ...(sort ? { sort } : {}),
            ...(language === 'en' ? { language } : {}),
          })
          const { rows } = await all<Shop>(clerk, `/merchants?${query}`)
          const wanted = find.normalize('NFKC').toLowerCase()
          const name = ({ nameZh, nameEn }: Shop) => (language === 'en' ? nameEn : nameZh)
          const way = sort?.startsWith('-') ? -1 : 1
          const expected = every
            .filter((shop) => city === undefined || shop.city === city)
            .filter(({ merchantId, nameZh, nameEn }) =>
              [merchantId, nameZh, nameEn].some((words) => words.toLowerCase().includes(wanted)),
            )
            .toSorted((a, b) => {
              const byName = sort?.endsWith('name') ? collators[language].compare(name(a), name(b)) : 0
              return way * (byName || (a.merchantId < b.merchantId ? -1 : 1))
            })
          expect(rows.map(({ merchantId }) => merchantId)).toEqual(
            expected.map(({ merchantId }) => merchantId),
          )
        },
      ),
      { numRuns: 25 },
    )
  })

  it('are not disturbed by what comes in between two pages', async () => {
    const first = (await (await clerk.call('GET', '/merchants?sort=-id&find=shop-')).json()) as {
      rows: Shop[]
      next: string
    }
    await insertMerchant(backend.db, {
      ...{ merchantId: 'shop-999' as MerchantId, nameZh: '新店', nameEn: 'New', city: 'zibo' },
    })
    const second = (await (
      await clerk.call('GET', `/merchants?sort=-id&find=shop-&after=${first.next}`)
    ).json()) as { rows: Shop[] }
    const ids = [...first.rows, ...second.rows].map(({ merchantId }) => merchantId)
    expect([ids.length, ids.includes('shop-999')]).toEqual([new Set(ids).size, false])
  })

  interface Case {
    readonly accountId: string
    readonly cause: string
    readonly openedAt: number
    readonly acts: number
  }

  it('of cases: by cause, by city, by the account’s beginning, by an appeal’s words, in each order', async () => {
    const others: string[] = []
    for (let i = 0; i < 120; i++) {
      const accountId = uuidFrom(backend.random)
      others.push(accountId)
      for (let act = 0; act <= i % 3; act++)
        await openReview(backend.db, {
          ...{ accountId, activityId: uuidFrom(backend.random), at: backend.now() - i * 1000 },
          ...(i % 4 === 0 ? { cause: 'appealed', appeal: `第 ${i} 次说明` } : { cause: 'too_uniform' }),
          ...(i % 4 === 1 ? { cause: 'speed_uniform' } : {}),
        })
    }
    const read = async (query: string) => (await all<Case>(reviewer, `/cases?${query}`, 'cases')).rows
    const every = await read('')
    expect(every).toHaveLength(120)
    const ranks = every.map(({ cause }) => (cause === 'appealed' ? 0 : 1))
    expect(ranks).toEqual(ranks.toSorted())
    for (const [sort, value] of [
      ['opened', ({ openedAt }: Case) => openedAt],
      ['acts', ({ acts }: Case) => acts],
    ] as const) {
      const up = await read(`sort=${sort}`)
      const down = await read(`sort=-${sort}`)
      expect(up.map(value)).toEqual(every.map(value).toSorted((a, b) => a - b))
      expect(down).toEqual(up.toReversed())
    }
    expect(await read('cause=speed_uniform')).toHaveLength(30)
    expect((await read(`find=${others[77]?.slice(0, 8)}`)).map(({ accountId }) => accountId)).toEqual([
      others[77],
    ])
    expect((await read(`find=${encodeURIComponent('第 116 次')}`)).map(({ accountId }) => accountId)).toEqual(
      [others[116]],
    )
    // Nobody’s account: it has no city.
    expect(await read('city=zibo')).toEqual([])
  })

  it('of feedback: what somebody wrote is found on whichever page it is, also where the database has no words for it', async () => {
    // As many as one person may send in a day, of seven people: more than a page.
    for (let i = 0; i < 7; i++) {
      const person = await signIn(backend)
      const words = Array.from({ length: 20 }, (_, n) =>
        feedback(backend, { text: `路灯 ${i * 20 + n} 号坏了` }),
      )
      await person.sync(words)
    }
    const read = (query: string) =>
      all<{ sentAt: number; command: string }>(reviewer, `/voices?kind=feedback.send&${query}`, 'voices')
    const every = await read('')
    expect([every.rows.length, every.pages]).toEqual([140, 2])
    const found = await read(`find=${encodeURIComponent('路灯 139 号')}`)
    expect(found.rows.map(({ command }) => command.includes('路灯 139 号'))).toEqual([true])
    // A member’s name is no word of theirs.
    expect((await read('find=feedback.send')).rows).toEqual([])
    expect((await read('state=in_progress')).rows).toEqual([])
    const down = await read('sort=-sent')
    expect(down.rows.map(({ command }) => command)).toEqual(
      every.rows.toReversed().map(({ command }) => command),
    )
  })

  it('of people and of what they did: by role, by name, by act', async () => {
    for (let i = 0; i < 5; i++)
      await insertOperator(backend.db, {
        ...{ operatorId: uuidFrom(backend.random), name: `张${i}`, isSample: false, at: backend.now() },
      })
    const people = async (query: string) =>
      (await all<{ name: string }>(admin, `/people?${query}`, 'people')).rows.map(({ name }) => name)
    expect(await people(`find=${encodeURIComponent('张')}&sort=-name`)).toEqual([
      '张4',
      '张3',
      '张2',
      '张1',
      '张0',
    ])
    expect(await people('role=auditor')).toEqual(['auditor'])
    const shop = { merchantId: 'found-again', nameZh: '再见店', nameEn: 'Found again', city: 'zibo' }
    const joined = await clerk.call('POST', '/merchants', {
      ...shop,
      branches: [{ nameZh: '店', nameEn: 'Shop' }],
    })
    expect(joined.status).toBe(204)
    const acts = async (query: string) =>
      (await all<{ seq: number; body: string }>(auditor, `/journal/zibo/records?${query}`)).rows.map(
        ({ seq }) => seq,
      )
    const every = await acts('')
    expect(every).toEqual(every.toSorted((a, b) => b - a))
    expect(await acts('sort=seq')).toEqual(every.toReversed())
    expect(await acts('find=found-again')).toHaveLength(1)
    expect(await acts('act=merchant.join&find=CATALOG')).toHaveLength(1)
    expect(await acts('act=merchant.suspend')).toEqual([])
    expect(await acts('kind=proposal.make')).toEqual([])
  })

  it.each([
    ['/merchants?sort=secret', 'sort: expected one of id, name, branches'],
    ['/merchants?city=atlantis', 'city: expected one of'],
    [`/merchants?find=${'x'.repeat(81)}`, 'find: expected at most 80'],
    ['/merchants?after=nonsense', undefined],
    ['/proposals?state=anything', 'state: expected one of'],
    ['/journal/zibo/records?sort=-kind', 'sort: expected one of seq'],
  ])('%s is refused, and it is said why', async (path, detail) => {
    const by = path.startsWith('/journal') ? auditor : clerk
    const response = await by.call('GET', path)
    const problem = (await response.json()) as { code: string; detail?: string }
    expect([response.status, problem.code]).toEqual([400, 'malformed'])
    if (detail !== undefined) expect(problem.detail).toContain(detail)
  })

  it('of what has its day begin with what comes soonest, and with the newest of what was sent', async () => {
    const now = backend.now()
    const days: Readonly<Record<string, number>> = { a: -9, b: 9, c: 2, d: -3, e: 40, f: 0 }
    const given = { city: 'zibo', titleZh: '早晚', titleEn: 'Soon', placeZh: '东', placeEn: 'East' } as const
    const shown = { ...given, sample: false }
    for (const [letter, inDays] of Object.entries(days)) {
      const startsAt = now + inDays * DAY_MS
      const ends = { startsAt, endsAt: startsAt + HOUR_MS, cancelBy: startsAt, revision: 1 }
      const bring = { bringZh: '手套', bringEn: 'Gloves', provider: 'planting', places: 2 }
      await putPlantingDay(backend.db, { ...shown, ...bring, ...ends, id: `soon-${letter}` }, 0)
      const onDay = { fromDay: dayOf(startsAt), toDay: dayOf(startsAt), points: 5 as Points }
      const event = { ...shown, ...onDay, id: `soon-${letter}`, eventId: 'soon', hasCheckIn: false }
      await putOccurrence(backend.db, { event, text: JSON.stringify(event) })
      const alert = { ...alertOf(`soon-${letter}`), sent: zonedTime(startsAt) }
      await insertAlert(backend.db, alert, { sentAt: startsAt, expiresAt: startsAt })
    }
    const letters = ['f', 'c', 'b', 'e', 'd', 'a'].map((letter) => `soon-${letter}`)
    const { rows: planting } = await all<{ day: { id: string } }>(clerk, '/planting-days?find=soon-')
    expect(planting.map(({ day }) => day.id)).toEqual(letters)
    const { rows: events } = await all<{ id: string }>(clerk, '/events?find=soon-')
    expect(events.map(({ id }) => id)).toEqual(letters)
    const { rows: alerts } = await all<{ identifier: string }>(clerk, '/alerts?find=soon-')
    const newest = ['e', 'b', 'c', 'f', 'd', 'a'].map((letter) => `soon-${letter}`)
    expect(alerts.map(({ identifier }) => identifier)).toEqual(newest)
  })

  it('take every order and filter that they offer', async () => {
    const paths: Readonly<Record<keyof typeof DESK_LISTS, string | undefined>> = {
      ...{
        reviews: '/cases',
        voices: '/voices',
        disputes: '/disputes',
        proposals: '/proposals',
        shops: '/merchants',
      },
      ...{
        offers: '/offers',
        events: '/events',
        alerts: '/alerts',
        services: '/services',
        content: '/content',
        planting: '/planting-days',
      },
      ...{ people: '/people', weeks: '/weeks', journal: '/journal/province/records' },
      // Of a branch, see the shops' own tests.
      ...{ takings: undefined, statements: undefined },
    }
    for (const [name, path] of Object.entries(paths)) {
      if (path === undefined) continue
      const { sorts, filters } = DESK_LISTS[name as keyof typeof DESK_LISTS]
      const asked = [
        ...sorts.flatMap((sort) => [`sort=${sort}`, `sort=-${sort}&language=en`]),
        ...Object.entries(filters).flatMap(([filter, values]) =>
          values.map((value: string) => `${filter}=${value}&find=a`),
        ),
      ]
      for (const query of asked) {
        const response = await auditor.call('GET', `${path}?${query}`)
        expect(response.status, `${path}?${query}`).toBe(200)
      }
    }
  })
})
