/** The page of a draw that has come out: whoever opens it works it out again, and what does not hold is named. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Component, h, nextTick, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { DrawAnswer } from '../../../src/contract/draws.ts'
import type { EntryId } from '../../../src/domain/offers/draw.ts'
import { commitmentOf, drawOrder, signRoot } from '../../../src/proof/draw.ts'
import { merkleTree, rootOf } from '../../../src/proof/merkle.ts'
import { language } from '../../../src/text/language.ts'
import DrawCheckPanel from '../../../src/views/rewards/DrawCheckPanel.vue'
import DrawEntryPanel from '../../../src/views/rewards/DrawEntryPanel.vue'
import DrawView from '../../../src/views/rewards/DrawView.vue'
import { TEST_START } from '../../support/clock.ts'
import { makeTestKey } from '../../support/keys.ts'
import { now, openWorld, problem, type World } from '../me/world.ts'

const PATH = '/rewards/draw/tomatoes:2'
const secret = '07'.repeat(32)
const entries = [1, 2, 3, 4, 5].map((n) => `00000000-0000-4000-8000-00000000000${n}`)
let answer: DrawAnswer
beforeAll(async () => {
  const draw = { offerId: 'tomatoes', offerVersion: 2 }
  const root = rootOf(await merkleTree(entries))
  const { signing } = await makeTestKey('a', { purpose: 'documents' })
  const statement = await signRoot({ ...draw, root, size: 5, iat: TEST_START }, signing)
  const winners = (await drawOrder(entries, { draw, secret, root })).slice(0, 2)
  answer = {
    ...{ ...draw, state: 'drawn', opensAt: TEST_START - 1000, closesAt: TEST_START, pieces: 2 },
    ...{ commitment: await commitmentOf(secret), count: 5, rooted: { root, statement, at: TEST_START } },
    result: { secret, entries, winners },
  }
})

/** One that knows the page's own path, for it to read its id there. */
const routerOf = () =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/rewards/draw/:id', component: DrawView },
      { path: '/:all(.*)*', component: { template: '<div />' } },
    ],
  })

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
  now.set(TEST_START)
})
afterEach(() => {
  window.dispatchEvent(new Event('online'))
  world?.close()
})

async function linesOf(told: DrawAnswer): Promise<string> {
  world = await openWorld(DrawView, { path: PATH, router: routerOf(), api: { draw: async () => told } })
  const button = () => world.page.findAll('button').find((each) => each.text() === '自己核对')
  await world.settle(() => button() !== undefined)
  await button()?.trigger('click')
  await world.settle(() => world.page.find('ul[role="status"]').exists())
  return world.page.get('ul[role="status"]').text()
}

describe('a draw', () => {
  it('is found right where it is, and says what was not checked', async () => {
    const lines = await linesOf(answer)
    expect(lines).toContain('密钥就是事先承诺的那一个')
    expect(lines).toContain('公布的名单算得出公布的根')
    expect(lines).toContain('得奖的正是按次序排在前面的')
    expect(lines).toContain('手机上没有公钥')
    expect(lines).not.toContain('对不上')
    expect(lines, 'nobody entered here').not.toContain('你的报名')
  })

  it('is found wrong where an entry is withheld or somebody else is drawn', async () => {
    const result = { secret, entries: entries.slice(1), winners: answer.result?.winners ?? [] }
    expect(await linesOf({ ...answer, result })).toContain('公布的名单算不出公布的根')
    world.close()
    const others = { ...result, entries, winners: (answer.result?.winners ?? []).toReversed() }
    expect(await linesOf({ ...answer, result: others })).toContain('得奖的不是按次序排在前面的')
  })

  it('of which another list comes while the one before is still being checked is found what that one is', async () => {
    const told = shallowRef(answer)
    world = await openWorld(() => h(DrawCheckPanel, { told: told.value, mine: undefined }), { path: PATH })
    await world.page.get('button').trigger('click')
    told.value = { ...answer, result: { secret, entries: entries.slice(1), winners: [] } }
    await world.settle(() => world.page.find('ul[role="status"]').exists())
    expect(world.page.get('ul[role="status"]').text()).toContain('公布的名单算不出公布的根')
  })

  it('keeps what was found when the same list is read once more, and not when another is', async () => {
    const told = shallowRef(answer)
    world = await openWorld(() => h(DrawCheckPanel, { told: told.value, mine: undefined }), { path: PATH })
    const isFound = () => world.page.find('ul[role="status"]').exists()
    await world.page.get('button').trigger('click')
    await world.settle(isFound)
    told.value = structuredClone(answer)
    await nextTick()
    expect(isFound()).toBe(true)
    told.value = { ...answer, count: 4 }
    await nextTick()
    expect(isFound()).toBe(false)
  })

  it('that never was is said to be none, and not to be out of reach', async () => {
    world = await openWorld(DrawView, {
      path: PATH,
      router: routerOf(),
      api: { draw: async () => undefined },
    })
    await world.settle(() => world.page.text().includes('没有这次抽取'))
    expect(world.page.text()).not.toContain('没有取到公布的名单')
  })

  it('says that its list could not be read, and keeps what it explains', async () => {
    world = await openWorld(DrawView, { path: PATH, router: routerOf(), api: { draw: problem('offline') } })
    await world.settle(
      () => world.page.text().includes('没有取到公布的名单') || world.page.text().includes('没有这次抽取'),
    )
    expect(world.page.text()).not.toContain('undefined')
  })

  it.each([
    ['is not sent yet', { isSent: false }, true, '报名还没发出'],
    ['was tried and nobody is there', { isSent: true }, false, '没有网络。连上后自动继续报名'],
    ['was sent', { isSent: true }, true, '报名已发出，等服务器回复'],
    ['is of a newer app', { isSent: true, state: 'deferred' }, true, '应用更新后会再试'],
  ] as const)('says of an entry that %s what it waits for', async (_it, waiting, isOnline, words) => {
    const decision = { outcome: 'post', reasons: [], transfers: [] }
    const request = { state: 'queued', isOut: true, decision, ...waiting }
    const nothing = { entered: undefined, outcome: undefined, outcomeId: undefined, rank: undefined }
    const view = { render: () => h(DrawEntryPanel as Component, { id: entries[0], request, ...nothing }) }
    world = await openWorld(view, { path: PATH, router: routerOf() })
    await world.settle(() => world.page.find('[role="status"]').exists())
    window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
    await nextTick()
    expect(world.page.get('[role="status"]').text()).toContain(words)
  })

  it('that an entry came back to too late says so, and names no place', async () => {
    const given = { request: undefined, entered: undefined, outcome: 'draw.lost', outcomeId: 'draw.lost:1' }
    const id = entries[0] as EntryId
    const view = { render: () => h(DrawEntryPanel, { id, ...given, rank: undefined }) }
    world = await openWorld(view, { path: PATH, router: routerOf() })
    await world.settle(() => world.page.text().includes('冻结的积分已经退回'))
    expect(world.page.text()).toContain('报名送回来时名单已经封存，没有参加这次抽取')
    expect(world.page.text()).not.toContain('排在第')
  })
})
