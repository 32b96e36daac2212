/** Two people and one piece: one enters without a network, the draw closes and comes out, each reads how, and works it out again on the phone. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sampleDraw } from '../../mock-api/demo/sample-draw.ts'
import { publishOffer } from '../../mock-api/demo/seed.ts'
import { readConfig } from '../../mock-api/start/config.ts'
import { open } from '../../mock-api/start/open.ts'
import type { DrawAnswer } from '../../src/contract/draws.ts'
import type { OfferId } from '../../src/domain/base/ids.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/domain/base/time.ts'
import type { Offer } from '../../src/domain/offers/offer.ts'
import { type Server, startServer } from '../support/server.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { outbox } from './stored.ts'

const OFFER = 'one-pumpkin'
const PRICE = 60
/** The clock of the backend and of both phones goes ahead together. */
const clock = {
  NODE_OPTIONS: `--import ${new URL('../support/clock-ahead.ts', import.meta.url)}`,
  CLOCK_AHEAD_MS: '0',
}

let server: Server
let one: Person
let other: Person
/** The page of each one's entry, and their points before it. */
const entries = new Map<Person, { path: string; points: number }>()
let winner: Person
let loser: Person

beforeAll(async () => {
  server = await startServer(clock)
  await server.stop()
  await publishDraw()
  await server.start()
  one = await Person.with(server.url)
  other = await Person.with(server.url)
})
afterAll(async () => {
  expect([...one.errors, ...other.errors]).toEqual([])
  await one?.end()
  await other?.end()
  await server?.end()
})

/** A single piece, so that one of two goes without. */
async function publishDraw(): Promise<void> {
  const opened = await open(readConfig({ DATA_DIR: server.dataDir }))
  try {
    const at = opened.deps.now()
    const draw = { opensAt: at - HOUR_MS, closesAt: at + 4 * HOUR_MS, pieces: 1, commitment: '0'.repeat(64) }
    const offer: Offer = {
      ...sampleDraw(at).offer,
      ...{ id: OFFER as OfferId, version: 1, pricePoints: PRICE, endsAt: at + 48 * HOUR_MS, draw },
      ...{ titleZh: '示例南瓜一个', titleEn: 'Sample: one pumpkin' },
    }
    await publishOffer(opened.deps, offer, { total: 1, budgetFen: offer.valueFen })
  } finally {
    await opened.close()
  }
}

/** The backend is started anew, so much later; and so are the phones' pages from the next on. */
async function later(ms: number): Promise<void> {
  await server.stop()
  clock.CLOCK_AHEAD_MS = String(Number(clock.CLOCK_AHEAD_MS) + ms)
  await server.start()
  for (const { page } of [one, other])
    await page.clock.install({ time: Date.now() + Number(clock.CLOCK_AHEAD_MS) })
}

async function told(): Promise<DrawAnswer> {
  return (await (await fetch(`${server.url}/api/v1/draws/${OFFER}/1`)).json()) as DrawAnswer
}

async function pointsOf(person: Person): Promise<number> {
  await person.goto('/')
  const figure = person.page.locator('.hero .figure').first()
  await expect.poll(() => figure.innerText()).toMatch(/^[\d,]+$/)
  return Number((await figure.innerText()).replaceAll(',', ''))
}

async function enters(person: Person): Promise<string> {
  await person.page.getByRole('button', { name: `用 ${PRICE} 分报名` }).click()
  await person.page.waitForURL(/\/rewards\/draw\//)
  return new URL(person.page.url()).pathname
}

async function checks({ page }: Person): Promise<string[]> {
  await page.getByRole('button', { name: '自己核对' }).click()
  const lines = page.locator('ul[role=status] li')
  await lines.first().waitFor()
  return lines.allInnerTexts()
}

it('one enters, and is in', async () => {
  await one.choosesCity('潍坊')
  await one.signsIn('13812350001')
  await liveSixWeeks(one)
  const points = await pointsOf(one)
  await one.goto(`/rewards/offer/${OFFER}`)
  await one.sees('报名先冻结 60 分；没抽中全部退回，截止前也可以退出。')
  const path = await enters(one)
  entries.set(one, { path, points })
  await one.sees('你在名单里')
  expect(await pointsOf(one)).toBe(points - PRICE)
})

it('the other enters without a network: the entry waits, through a reload, and goes out', async () => {
  await other.choosesCity('潍坊')
  await other.signsIn('13812350002')
  await liveSixWeeks(other)
  const points = await pointsOf(other)
  await other.goto(`/rewards/offer/${OFFER}`)
  await other.page.getByRole('button', { name: /分报名/ }).waitFor()
  await other.page.context().setOffline(true)
  await other.sees(/没有网络也可以先报名/)
  const path = await enters(other)
  entries.set(other, { path, points })
  // The browser may try to send in the background though the page knows that there is no network.
  const waits = /报名还没发出，连上网后自动发出。|连上后自动继续报名/
  await other.sees(waits)
  await other.page.reload()
  await other.sees(waits)
  expect(await outbox(other.page)).toHaveLength(1)

  await other.page.context().setOffline(false)
  await other.untilSynced()
  await other.goto(path)
  await other.sees('你在名单里')
  await expect.poll(async () => (await told()).count).toBe(2)
})

it('it closes: the list is sealed, and nobody knows yet', async () => {
  await later(4 * HOUR_MS + 2 * MINUTE_MS)
  await expect.poll(async () => (await told()).rooted?.root).toMatch(/^[0-9a-f]{64}$/)
  for (const person of [one, other]) {
    await person.goto(entries.get(person)?.path ?? '')
    await person.sees(/名单已封存并签名，过十分钟公开密钥、得出结果/)
    expect(await person.page.getByRole('button', { name: '自己核对' }).count()).toBe(0)
    expect(await person.page.getByRole('button', { name: /^退出/ }).count()).toBe(0)
  }
})

it('it comes out: one has a voucher, the other all points back, and both read it in their news', async () => {
  for (let sweep = 0; sweep < 3; sweep++) await later(11 * MINUTE_MS)
  const { result } = await told()
  expect(result?.winners).toHaveLength(1)
  const hasWon = (person: Person) => entries.get(person)?.path.endsWith(result?.winners[0] ?? 'nobody')
  ;[winner, loser] = hasWon(one) ? [one, other] : [other, one]
  for (const person of [one, other]) await person.untilSynced()

  await winner.goto('/news')
  await winner.page.getByRole('link', { name: /抽中了，券已经到手/ }).click()
  await winner.page.waitForURL(/\/vouchers\//)
  await winner.page.getByRole('img', { name: /兑换券/ }).waitFor()
  await winner.sees('示例南瓜一个')
  expect(await pointsOf(winner)).toBe((entries.get(winner)?.points ?? 0) - PRICE)

  await loser.goto('/news')
  await loser.page.getByRole('link', { name: /这次没抽中，积分已退回/ }).click()
  await loser.page.waitForURL(`**${entries.get(loser)?.path}`)
  await loser.sees('没抽中，排在第 2 位')
  expect(await pointsOf(loser)).toBe(entries.get(loser)?.points)
})

it('each works it out again on the phone, with the backend away', async () => {
  for (const person of [winner, loser]) {
    await person.goto(entries.get(person)?.path ?? '')
    await person.sees(person === winner ? '抽中了，第 1 位' : '没抽中，排在第 2 位')
    await person.page.getByRole('button', { name: '自己核对' }).waitFor()
  }
  await server.stop()
  for (const person of [winner, loser]) {
    const lines = await checks(person)
    expect(lines).toHaveLength(7)
    for (const line of lines) expect(line).toMatch(/^对得上/)
    expect(lines.join()).toContain('你的记录里的证明通到这个根')
  }
  await server.start()
})

it('and a list in which one entry was changed is said to be wrong, by what does not hold', async () => {
  const mine = entries.get(loser)?.path.split('/').at(-1) ?? ''
  const changed = mine.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
  await loser.page.addInitScript(
    ({ path, mine, changed }) => {
      const honest = window.fetch
      window.fetch = async (...asked) => {
        const answer = await honest(...asked)
        if (!new URL(answer.url).pathname.endsWith(path)) return answer
        const text = (await answer.text()).replaceAll(mine, changed)
        return new Response(text, { status: answer.status, headers: answer.headers })
      }
    },
    { path: `/draws/${OFFER}/1`, mine, changed },
  )
  await loser.page.reload()
  // Until the changed list has come, the page checks the honest one that it kept.
  const wrong = async () => (await checks(loser)).filter((line) => line.startsWith('对不上')).join()
  await expect.poll(wrong).toContain('公布的名单算不出公布的根：有人被加上、去掉或重复了')
  await expect.poll(wrong).toContain('你的报名不在名单里')
})
