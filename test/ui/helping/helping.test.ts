/** Logging for somebody else, on both phones: nothing is said to be so before it is known, and nothing that was only asked for is said to be done. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Component, defineComponent, h, shallowRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useToast } from '../../../src/composables/useToast.ts'
import { type HelpedAct, HelpedDb, type HelpingEnd } from '../../../src/db/helped.ts'
import { writeMeta } from '../../../src/db/meta.ts'
import { headOf } from '../../../src/domain/ledger/ledger-part.ts'
import { emptyLedger } from '../../../src/domain/ledger/ledger-state.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { language } from '../../../src/text/language.ts'
import HelpingView from '../../../src/views/helping/HelpingView.vue'
import MyHelpers from '../../../src/views/helping/MyHelpers.vue'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
const toast = useToast()
beforeEach(() => {
  language.value = 'zh-CN'
  toast.dismiss()
})
afterEach(() => world.close())

const ACCOUNT = '11111111-1111-4111-8111-111111111111'
const HELPER = '00000000-0000-4000-8000-0000000000aa'
const ACT = '00000000-0000-4000-8000-0000000000bb'
const text = () => world.page.text()
const buttons = (words: string) => world.page.findAll('button').filter((each) => each.text() === words)

/** The page opens on what `before` has left on the phone. */
async function openOn(view: Component, before: () => Promise<void>): Promise<void> {
  const shown = shallowRef<Component>({ template: '<div />' })
  const Shell = defineComponent(() => () => h(shown.value))
  const routes = [
    { path: '/helping/:accountId', component: Shell },
    { path: '/:all(.*)*', component: Shell },
  ]
  const router = createRouter({ history: createMemoryHistory(), routes })
  world = await openWorld(Shell, { path: `/helping/${ACCOUNT}`, router, isAccount: true })
  await before()
  shown.value = view
  await world.page.vm.$nextTick()
}

/** One act was logged for grandma, on a phone without a network. */
async function openHelping(given: Partial<HelpedAct> = {}, end?: HelpingEnd): Promise<void> {
  await openOn(HelpingView, async () => {
    const db = new HelpedDb()
    const person = {
      accountId: ACCOUNT,
      name: '奶奶',
      city: 'weifang',
      secret: 's',
      joinedAt: now(),
    } as const
    await db.people.put({ ...person, ...(end ? { end } : {}) })
    const body = {
      ...{ code: 'clean-plate', city: 'weifang', startedAt: now() },
      ...{ quantity: { value: 1, unit: 'count' }, evidence: { trust: 'manual' } },
    }
    const text = canonicalJson({ id: ACT, kind: 'activity.record', at: now(), body } as never)
    await db.acts.add({ id: ACT, accountId: ACCOUNT, text, state: 'queued', ...given } as HelpedAct)
    db.close()
  })
}

test('that nothing was logged for somebody is not said before it was looked up', async () => {
  const seen: string[] = []
  await openHelping()
  await world.settle(() => {
    seen.push(text())
    return text().includes('等着送')
  })
  expect(seen.filter((each) => each.includes('还没有代记过'))).toEqual([])
})

test('taking back what may have arrived says that it was asked for, not that it is done', async () => {
  await openHelping({ firstSentAt: now() })
  await world.settle(() => buttons('撤回').length > 0)
  await buttons('撤回')[0]?.trigger('click')
  await world.settle(() => toast.current.value !== null && text().includes('正在撤回'))
  expect(toast.current.value?.text).toBe('已申请撤回，送达后生效')
})

test('taking back what never left the phone is done at once', async () => {
  await openHelping()
  await world.settle(() => buttons('撤回').length > 0)
  // The page has tried to send it, which marks it as perhaps gone.
  const db = new HelpedDb()
  await db.acts.toCollection().modify((act) => void delete act.firstSentAt)
  db.close()
  await buttons('撤回')[0]?.trigger('click')
  await world.settle(() => toast.current.value !== null)
  expect(toast.current.value?.text).toBe('已撤回')
})

test('what can never be sent any more does not read as if it would be', async () => {
  await openHelping({ firstSentAt: now() }, 'revoked')
  await world.settle(() => text().includes('已经不能替 TA 记了') && buttons('不再替 TA 记').length > 0)
  await world.settle(() => text().includes('没有送到'))
  expect(text()).not.toContain('等着送')
})

const posted = { [HELPER]: { name: '女儿', invitedAt: now() } }

test('that nobody logs for me is not said before the ledger is read', async () => {
  const seen: string[] = []
  await openOn(MyHelpers, async () => {
    const { db } = world.device
    if (db) await writeMeta(db, 'ledger', headOf({ ...emptyLedger(), helpers: posted }))
  })
  await world.settle(() => {
    seen.push(text())
    return text().includes('女儿')
  })
  expect(seen.filter((each) => each.includes('还没有请人代记'))).toEqual([])
})

test('a helper whose end waits for a network can still log, and is still listed', async () => {
  await openOn(MyHelpers, async () => {
    const { db } = world.device
    if (db) await writeMeta(db, 'ledger', headOf({ ...emptyLedger(), helpers: posted }))
  })
  await world.settle(() => buttons('取消代记').length > 0)
  await buttons('取消代记')[0]?.trigger('click')
  await world.settle(() => buttons('取消代记').length > 1)
  expect(text()).toContain('没有网络就等联上')
  await buttons('取消代记').at(-1)?.trigger('click')
  await world.settle(() => toast.current.value !== null)
  expect(toast.current.value?.text).toBe('已申请取消，送达后女儿就不能再代记')
  await world.settle(() => text().includes('等联网后取消'))
  expect(text()).toContain('女儿')
})
