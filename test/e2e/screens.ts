/** Every screen by its address, and the taps that lead to those without one. For pictures of them and for checks on all of them. */
import type { Page } from 'playwright-core'
import { ledgerId, putRow, rowsOf } from './stored.ts'

export interface Screen {
  readonly name: string
  readonly path: string
  readonly go?: (page: Page) => Promise<void>
  /** One of those that a person sees every day. */
  readonly isMain?: true
  /** Another state of a screen that stands here too: for pictures and measures alone. */
  readonly isVariant?: true
}

const tap =
  (selector: string, nth = 0) =>
  (page: Page) =>
    page.locator(selector).nth(nth).click()

/** Starts a round of the quiz and gives that many answers, each the first option, right or not. */
const answer = (count: number, isNextAsked: boolean) => async (page: Page) => {
  await page.locator('main .btn-main').click()
  for (let at = 0; at < count; at++) {
    // The last round may hold fewer.
    if (at > 0 && (await page.locator('main fieldset').count()) === 0) return
    await page.locator('main fieldset label').first().click()
    await page.locator('main form button[type=submit]').click()
    await page.locator('#verdict').waitFor()
    if (isNextAsked) await page.locator('main .btn-full').click()
  }
}

/** Two trips with names, one as long as a name gets. */
async function withRoutes(page: Page): Promise<void> {
  const value = [
    { name: '家→单位', code: 'bus', quantity: { value: 2400, unit: 'metre' }, stops: 3 },
    { name: '阿迪力江家→潍坊市图书馆新馆北门口等车', code: 'bike', quantity: { value: 3400, unit: 'metre' } },
  ]
  const database = `greentrace-ledger-${await ledgerId(page)}`
  await putRow(page, { database, table: 'meta' }, { key: 'routes', value })
  await page.reload()
}

/** Somebody for whom this phone logs, with an act of each kind of end. */
const withHelped =
  (end: object) =>
  async (page: Page): Promise<void> => {
    await page.locator('main h1').first().waitFor({ state: 'attached' })
    // The backend does not know them, and would say that their session is over.
    await page.route('**/helping/*/log', (route) => route.abort())
    const database = 'greentrace-helped'
    const accountId = HELPED
    const person = { accountId, name: '住在乡下的阿迪力江爷爷', city: 'weifang', secret: '', joinedAt: 1 }
    await putRow(page, { database, table: 'people' }, { ...person, ...end })
    const body = { code: 'bus', city: 'weifang', startedAt: 1_795_000_000_000, evidence: { trust: 'manual' } }
    for (const [n, more] of [
      [1, { state: 'answered', outcome: 'rejected' }],
      [2, { state: 'deferred' }],
    ] as const) {
      const id = `00000000-0000-4000-8000-00000000000${n}`
      const text = JSON.stringify({ at: 1_795_000_000_000, body, id, kind: 'activity.record' })
      await putRow(page, { database, table: 'acts' }, { n, id, accountId, text, ...more })
    }
    await page.reload()
  }

const HELPED = '00000000-0000-4000-8000-0000000000aa'
/** A ride of ten minutes with a tunnel in it, under way or over; what was there of trips before is gone. */
const withTrip = (state: 'recording' | 'ended') => async (page: Page) => {
  await page.context().grantPermissions(['geolocation'])
  const database = `greentrace-ledger-${await ledgerId(page)}`
  for (const before of await rowsOf<{ startedAt: number }>(page, database, 'trips'))
    await putRow(
      page,
      { database, table: 'trips' },
      { ...before, state: 'claimed', claimedAt: before.startedAt },
    )
  const startedAt = (await page.evaluate(() => Date.now())) - 11 * 60_000
  const seconds = Array.from({ length: 120 }, (_, i) => i * 5).filter((each) => each < 300 || each > 360)
  const points = seconds.map((second) => ({
    trip: startedAt,
    at: startedAt + second * 1000,
    fix: [36_706_800 + (second > 400 ? second - 400 : 0) * 40, 119_101_100 + second * 50, 8],
  }))
  const marks = [
    { at: startedAt + 300_000, kind: 'hide' },
    { at: startedAt + 361_000, kind: 'show' },
  ]
  const end = state === 'ended' ? { endedAt: startedAt + 600_000 } : {}
  await putRow(page, { database, table: 'tripPoints' }, ...points)
  await putRow(page, { database, table: 'trips' }, { startedAt, state, marks, ...end })
  await page.goto(new URL(state === 'ended' ? `/log/trip?at=${startedAt}` : '/log/trip', page.url()).href)
  await page.locator('main summary').first().waitFor()
}

async function endTrip(page: Page): Promise<void> {
  await withTrip('ended')(page)
  await page.locator('main input[type=radio]:checked').first().waitFor()
}

/** This phone as the till of a sample shop. */
async function joinTill(page: Page): Promise<void> {
  const demo = page.getByRole('button', { name: /示例商户|sample merchant/ })
  await demo.or(page.locator('nav.bar')).first().waitFor()
  if (await demo.isVisible()) await demo.click()
  await page.locator('nav.bar').waitFor()
  // Until it has heard from the backend it rightly takes nothing.
  await page
    .getByText(/\d\d:\d\d 联过网|Connected .*\d\d:\d\d/)
    .first()
    .waitFor()
}

/** It is told the number of a voucher of its own person’s. */
async function typeNumber(page: Page): Promise<void> {
  await joinTill(page)
  const [voucher] = await rowsOf<{ code: string }>(
    page,
    `greentrace-ledger-${await ledgerId(page)}`,
    'vouchers',
  )
  await page.getByRole('textbox', { name: /券号|Voucher number/ }).fill(voucher?.code ?? '')
  await page.locator('main form button[type=submit]').click()
  await page.locator('[data-verdict]').waitFor()
}

async function acceptNumber(page: Page): Promise<void> {
  await typeNumber(page)
  const accept = page.locator('[data-verdict=accept] .go')
  if (await accept.isVisible()) await accept.click()
  await page.locator('[data-verdict=accepted], [data-verdict=already_accepted]').waitFor()
}

/** The same device as the till of two more branches: one that goes on, with a name as long as names get, and one whose session is over. */
async function openBranches(page: Page): Promise<void> {
  await joinTill(page)
  await page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const opened = await done(indexedDB.open('greentrace-till'))
    const store = opened.transaction('tills', 'readwrite').objectStore('tills')
    // Within the page: the key of a till leaves it for nobody, not even for a test.
    const [first] = await done(store.getAll())
    const branch = (n: number, nameZh: string, nameEn: string) => ({
      ...{ ...first, accountId: `ffffffff-0000-4000-8000-00000000000${n}`, tillId: `till-${n}` },
      place: { ...first.place, nameZh, nameEn },
    })
    const long = [
      '奎文区东风东街与四平路口人民广场地铁站二号店',
      'Kuiwen, Dongfeng East Street at Siping Road',
    ]
    await done(store.put(branch(1, long[0] ?? '', long[1] ?? '')))
    await done(store.put({ ...branch(2, '高新店', 'Gaoxin'), end: 'over' }))
    opened.close()
  })
  await page.reload()
  await page.locator('nav.bar').waitFor()
  await page.locator('header [aria-haspopup=dialog]').click()
  await page.locator('dialog[open] li').nth(2).waitFor()
}

/** Before anybody signed in. */
export const FIRST_SCREENS: readonly Screen[] = [
  { name: 'welcome', path: '/welcome' },
  { name: 'hi', path: '/hi' },
]

export const GUEST_SCREENS: readonly Screen[] = [
  { name: 'empty-home', path: '/', isMain: true },
  { name: 'empty-ledger', path: '/ledger' },
  { name: 'empty-rewards', path: '/rewards' },
  { name: 'empty-news', path: '/news' },
  { name: 'empty-me', path: '/me' },
  { name: 'empty-period', path: '/period' },
  { name: 'empty-picture', path: '/period/picture' },
  { name: 'empty-badges', path: '/me/badges' },
  { name: 'sign-in', path: '/me/sign-in' },
]

/** With a ledger that was lived in, one voucher among it. */
export const SCREENS: readonly Screen[] = [
  { name: 'home', path: '/', isMain: true },
  { name: 'ledger', path: '/ledger', isMain: true },
  { name: 'entry', path: '/ledger', go: tap('main a[href^="/ledger/"]', 1), isMain: true },
  { name: 'statement', path: '/ledger?print=1' },
  { name: 'period', path: '/period', isMain: true },
  { name: 'period-year', isVariant: true, path: '/period?by=year&split=trust' },
  { name: 'period-own', isVariant: true, path: '/period?by=own&from=2026-11-01&to=2026-11-20' },
  { name: 'picture', path: '/period/picture', isMain: true },
  { name: 'log', path: '/log', isMain: true },
  {
    name: 'log-form',
    path: '/log?code=bike',
    go: (page) => page.getByRole('textbox', { name: /里程|Distance/ }).fill('3.2'),
    isMain: true,
  },
  {
    name: 'log-sentence',
    path: '/log',
    go: async (page) => {
      await page.locator('.sentence input').fill('昨天坐公交5路3站，再骑车两公里')
      await page.locator('.sentence button[type=submit]').click()
      await page.locator('main [role=status] b').first().waitFor()
    },
    isMain: true,
  },
  {
    name: 'log-sentence-asks',
    isVariant: true,
    path: '/log',
    go: async (page) => {
      await page.locator('.sentence input').fill('坐车十二公里')
      await page.locator('.sentence button[type=submit]').click()
      await page.locator('.choices').waitFor()
    },
  },
  { name: 'trip-live', path: '/log', go: withTrip('recording'), isMain: true },
  { name: 'trip-bar', path: '/log', isVariant: true, go: (page) => page.locator('aside.bar').waitFor() },
  {
    name: 'trip-pocket',
    path: '/log/trip',
    isVariant: true,
    go: (page) => page.locator('.btn.pocket').click(),
  },
  { name: 'trip-after', path: '/log', go: endTrip, isMain: true },
  {
    name: 'trip-sent',
    path: '/log',
    go: async (page) => {
      await endTrip(page)
      await page.locator('main .stack > .link').click()
    },
  },
  { name: 'trip', path: '/log/trip', isMain: true },
  {
    name: 'trip-done',
    path: '/log/trip',
    go: async (page) => {
      await page.locator('main a[href^="/log/trip?at="]').last().click()
      await page.locator('main .banner.ok').waitFor()
    },
  },
  { name: 'log-routes', path: '/log/routes', go: withRoutes },
  { name: 'home-routes', isVariant: true, path: '/', go: withRoutes },
  { name: 'log-with-routes', isVariant: true, path: '/log', go: withRoutes },
  { name: 'services', path: '/me/services', isMain: true },
  { name: 'services-consent', isVariant: true, path: '/me/services', go: tap('main article button') },
  { name: 'selftest', path: '/providers/selftest' },
  { name: 'planting', path: '/planting', isMain: true },
  { name: 'planting-day', path: '/planting', go: tap('main a[href^="/planting/"]') },
  { name: 'pickups', path: '/pickups' },
  { name: 'pickup-book', path: '/pickups/new', isMain: true },
  { name: 'verify', path: '/verify' },
  { name: 'log-life', path: '/log?code=clean-plate' },
  { name: 'log-power', path: '/log?code=power-saving' },
  { name: 'rewards', path: '/rewards', isMain: true },
  { name: 'offer', path: '/rewards', go: tap('main a[href*="/rewards/offer/"]') },
  {
    name: 'rewards-found',
    isVariant: true,
    path: '/rewards',
    go: (page) => page.getByRole('searchbox').fill('kafei'),
  },
  { name: 'draw', path: '/rewards/offer/garden-tomatoes', go: tap('main a[href^="/rewards/draw/"]') },
  { name: 'vouchers', path: '/rewards?tab=vouchers' },
  { name: 'voucher', path: '/rewards?tab=vouchers', go: tap('main a[href^="/vouchers/"]'), isMain: true },
  { name: 'city', path: '/city/weifang', isMain: true },
  { name: 'city-search', path: '/city/weifang?q=公共自行车', isMain: true },
  { name: 'city-search-filtered', path: '/city/weifang?q=公交&in=weifang&field=transport' },
  { name: 'city-search-none', path: '/city/weifang?q=qqqqzzzz' },
  { name: 'city-field', path: '/city/binzhou/field/transport' },
  { name: 'city-goals', path: '/city/qingdao/goals?field=energy', isMain: true },
  { name: 'city-goals-table', path: '/city/qingdao/goals?field=nature', go: tap('main summary') },
  { name: 'city-goals-filtered', isVariant: true, path: '/city/zibo/goals?year=2025&by=市生态环境局' },
  { name: 'city-field-filtered', isVariant: true, path: '/city/jinan/field/energy?year=2030' },
  { name: 'city-measures', path: '/city/binzhou/measures?year=2025', isMain: true },
  { name: 'city-measures-none', isVariant: true, path: '/city/zibo/measures?year=2030&by=市教育局' },
  { name: 'systems', path: '/city/weifang/systems', isMain: true },
  { name: 'systems-part', isVariant: true, path: '/city/qingdao/systems?state=part' },
  { name: 'system', path: '/city/binzhou/systems/bz-s-carbon-inclusion', isMain: true },
  { name: 'system-unclear', isVariant: true, path: '/city/weifang/systems/wf-s-smart-energy' },
  { name: 'city-timeline', path: '/city/jinan/timeline', isMain: true },
  { name: 'city-districts', path: '/city/qingdao' },
  { name: 'compare', path: '/compare?field=nature', isMain: true },
  { name: 'compare-concept', path: '/compare?cities=qingdao,weifang,zibo&concept=non-fossil', isMain: true },
  { name: 'voice', path: '/city/weifang/voice' },
  {
    name: 'voice-begun',
    path: '/city/weifang/voice/nominate',
    go: async (page) => {
      await page.locator('main input').first().fill('旧衣回收角')
      await page.locator('main header button').first().click()
      await page.locator('main #begun').waitFor()
    },
  },
  { name: 'voice-feedback', path: '/city/weifang/voice/feedback?measure=wf-m-bike-more' },
  { name: 'voice-nominate', path: '/city/weifang/voice/nominate' },
  { name: 'quiz', path: '/city/weifang/quiz' },
  { name: 'quiz-question', path: '/city/weifang/quiz', go: answer(0, false) },
  { name: 'quiz-answer', path: '/city/weifang/quiz', go: answer(1, false), isMain: true },
  { name: 'quiz-result', path: '/city/binzhou/quiz', go: answer(5, true) },
  { name: 'cards', path: '/city/weifang/cards' },
  { name: 'cards-back', path: '/city/weifang/cards', go: tap('main article .btn-main'), isMain: true },
  { name: 'measure', path: '/city/weifang/measure/wf-m-bike-2021', isMain: true },
  { name: 'measure-open', path: '/city/jinan/measure/jn-m-demand-response' },
  { name: 'alerts', path: '/city/weifang/alerts', go: tap('main details summary'), isMain: true },
  { name: 'alerts-none', path: '/city/zibo/alerts#guide-cold' },
  { name: 'stations', path: '/city/weifang/stations', isMain: true },
  { name: 'stations-energy', path: '/city/zibo/stations?kind=energy' },
  { name: 'stations-none', path: '/city/jinan/stations?kind=bike' },
  { name: 'station', path: '/city/weifang/stations', go: tap('main .list .list-row'), isMain: true },
  { name: 'guides', path: '/guides' },
  { name: 'bins', path: '/guides/bins', isMain: true },
  { name: 'bins-answer', path: '/guides/bins?q=充电宝' },
  { name: 'bins-which', path: '/guides/bins?q=电池' },
  { name: 'bins-nothing', path: '/guides/bins?q=火箭' },
  { name: 'bins-kitchen', path: '/guides/bins?bin=kitchen' },
  { name: 'subsidy', path: '/guides/subsidy?city=weifang' },
  {
    name: 'subsidy-answer',
    path: '/guides/subsidy?city=jinan&wish=heating&fact=rural',
    isMain: true,
  },
  { name: 'checklists', path: '/guides/checklists?city=binzhou', isMain: true },
  { name: 'events', path: '/city/jinan/events', isMain: true },
  { name: 'event-day', path: '/city/qingdao/events/tree-day' },
  { name: 'event-moving', path: '/city/binzhou/events/science-week' },
  {
    name: 'event-check-in',
    path: '/city/weifang/events',
    go: tap('main a[href*="/events/sample-open-week"]'),
    isMain: true,
  },
  { name: 'news', path: '/news', isMain: true },
  { name: 'me', path: '/me', isMain: true },
  { name: 'badges', path: '/me/badges', isMain: true },
  { name: 'settings', path: '/me/settings' },
  { name: 'privacy', path: '/me/privacy' },
  { name: 'devices', path: '/me/devices' },
  { name: 'helpers', path: '/me/helpers' },
  { name: 'helping', path: `/helping/${HELPED}`, go: withHelped({ end: 'over' }) },
  {
    name: 'helping-form',
    path: `/helping/${HELPED}`,
    go: async (page) => {
      await withHelped({})(page)
      await page
        .locator('label')
        .filter({ hasText: /公交|Bus/ })
        .first()
        .click()
      await page.locator('main form').waitFor()
    },
  },
  { name: 'till-join', path: '/till/join' },
  { name: 'till', path: '/till', go: joinTill, isMain: true },
  { name: 'till-verdict', path: '/till', go: typeNumber },
  { name: 'till-accepted', path: '/till', go: acceptNumber },
  { name: 'till-before', path: '/till', go: typeNumber, isMain: true },
  { name: 'till-today', path: '/till/today', isMain: true },
  { name: 'till-close', path: '/till/close', isMain: true },
  { name: 'till-tills', path: '/till/tills', isMain: true },
  { name: 'till-branches', path: '/till', go: openBranches },
  { name: 'backup', path: '/me/backup' },
  { name: 'sync', path: '/me/sync' },
  {
    name: 'footprint',
    path: '/me/footprint',
    go: async (page) => {
      for (const [label, typed] of [
        [/家里几口人|People in/, '3'],
        [/一个月用电|Electricity per/, '260'],
        [/加油|Petrol/, '80'],
        [/牛羊肉|Beef/, '0.6'],
      ] as const)
        await page.getByRole('textbox', { name: label }).fill(typed)
      await page.locator('main form button[type=submit]').click()
    },
  },
  { name: 'methodology', path: '/me/methodology' },
  { name: 'missing', path: '/no-such-page' },
]

export const LOOKS = {
  light: {},
  dark: { 'gt-theme': 'dark' },
  elder: { 'gt-elder': 'on' },
  en: { 'gt-language': 'en' },
} as const

/** As if chosen in the settings: from the next page that is loaded. */
export async function putOn(page: Page, ...looks: (keyof typeof LOOKS)[]): Promise<void> {
  await page.evaluate(
    (values: Record<string, string>) => {
      for (const key of ['gt-theme', 'gt-elder', 'gt-language']) localStorage.removeItem(key)
      for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value)
    },
    Object.assign({}, ...looks.map((look) => LOOKS[look])),
  )
}

/** The page has its heading and its data, and nothing in it has changed for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor({ state: 'attached' })
  await page.waitForFunction(() => !document.querySelector('main .skeleton'), undefined, { timeout: 10_000 })
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const done = () => {
          observer.disconnect()
          resolve()
        }
        let timer = setTimeout(done, 150)
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(done, 150)
        })
        observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
        setTimeout(done, 3000)
      }),
  )
}
