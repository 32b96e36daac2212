/** The pages of any period and of badges over a real journal: their sums are the ledger's own, and an empty time is said in words. */
import 'fake-indexeddb/auto'
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { deleteLedgerDb } from '../../../src/db/database.ts'
import { addDays, dayOf, monthOf } from '../../../src/domain/base/time.ts'
import type { DayRow } from '../../../src/stores/entry-details.ts'
import { formatGrams, gramsAmount } from '../../../src/text/format.ts'
import { language } from '../../../src/text/language.ts'
import LedgerChart from '../../../src/views/ledger/LedgerChart.vue'
import BadgesView from '../../../src/views/me/badges/BadgesView.vue'
import PeriodView from '../../../src/views/period/PeriodView.vue'
import PictureView from '../../../src/views/period/picture/PictureView.vue'
import { accountId, now, type OpenedJournal, openJournal, until } from '../ledger/journal.ts'

let opened: OpenedJournal
let page: VueWrapper | undefined

beforeEach(async () => {
  language.value = 'zh-CN'
  opened = await openJournal(400)
})
afterEach(async () => {
  page?.unmount()
  opened.db.close()
  await deleteLedgerDb(accountId)
  await opened.device.delete()
})

async function open(view: Component, path: string) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: path.split('?')[0] as string, component: view },
      { path: '/:rest(.*)*', component: { template: '<p />' } },
    ],
  })
  await router.push(path)
  const wrapper = mount(view, { global: { plugins: [router] }, attachTo: document.body })
  page = wrapper
  await until(
    () =>
      !wrapper.find('.skeleton').exists() ||
      wrapper.find('img').exists() ||
      wrapper.find('#in-words').exists(),
  )
  return { wrapper, router }
}

describe('the page of a period', () => {
  it('says of the month what the ledger’s own chart says', async () => {
    const days = await opened.db.days.toArray()
    const { wrapper } = await open(PeriodView, '/period')
    const ledgerChart = mount(LedgerChart, {
      props: { days, now, pendingGrams: 0, count: 6 },
      global: { stubs: { RouterLink: true } },
    })
    const { value, unit } = gramsAmount(
      days
        .filter(({ day }) => day.startsWith(monthOf(now)))
        .reduce((sum, { grams }) => sum + Object.values(grams).reduce((all, one) => all + one, 0), 0),
      'zh-CN',
    )
    expect(wrapper.get('.big').text()).toBe(`${value}${unit}`)
    expect(ledgerChart.get('.now').text()).toContain(`${value}${unit}`)
    ledgerChart.unmount()
  })

  it('holds no month that has just begun against a whole one', () => {
    const notes = (thisMonth: number) => {
      const days = [
        { day: '2026-11-12', grams: { bus: 2810 } },
        { day: '2026-12-01', grams: { bus: thisMonth } },
      ] as unknown as DayRow[]
      const chart = mount(LedgerChart, {
        props: { days, now: Date.parse('2026-12-01T12:00:00+08:00'), pendingGrams: 0, count: 6 },
        global: { stubs: { RouterLink: true } },
      })
      const said = chart.get('.notes').text().replaceAll('\u00a0', ' ')
      chart.unmount()
      return said
    }
    expect(notes(500)).toContain('上月一共 2.81 kg')
    expect(notes(500)).not.toContain('少')
    expect(notes(3000)).toContain('已比上月多 190 g')
  })

  it('has every confirmed gram of each day by kind, evidence and pack', async () => {
    const days = await opened.db.days.toArray()
    expect(days.length).toBeGreaterThan(20)
    for (const { grams, parts = {} } of days) {
      const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
      expect(sum(Object.values(parts).map((part) => part.grams))).toBe(sum(Object.values(grams)))
    }
  })

  it('shows an empty time in words, with no chart and the way to log', async () => {
    const { wrapper } = await open(PeriodView, '/period?by=year&on=2020')
    expect(wrapper.text()).toContain('这段时间没有已核算的行动')
    expect(wrapper.text()).toContain('上年没有记录')
    expect(wrapper.find('svg[preserveAspectRatio]').exists()).toBe(false)
    expect(wrapper.findAll('a').map((link) => link.attributes('href'))).toContain('/log')
  })

  it('says of dates that are no dates what is wrong, and goes where it should once they are', async () => {
    const { wrapper, router } = await open(
      PeriodView,
      `/period?by=own&from=${addDays(dayOf(now), -9)}&to=${dayOf(now)}`,
    )
    const [from, to] = wrapper.findAll<HTMLInputElement>('input[type=date]')
    await to?.setValue(addDays(dayOf(now), -20))
    expect(wrapper.text()).toContain('结束在开始之前')
    await wrapper.get('form').trigger('submit')
    expect(router.currentRoute.value.query.to).toBe(dayOf(now))
    await from?.setValue(addDays(dayOf(now), -30))
    await wrapper.get('form').trigger('submit')
    await until(() => router.currentRoute.value.query.to === addDays(dayOf(now), -20))
  })

  it('keeps in the address what was chosen', async () => {
    const { wrapper, router } = await open(PeriodView, '/period')
    await wrapper.get('input[value=year]').setValue()
    await until(() => router.currentRoute.value.query.by === 'year')
    await until(() => wrapper.find('input[value=trust]').exists())
    await wrapper.get('input[value=trust]').setValue()
    await until(() => router.currentRoute.value.query.split === 'trust')
    expect(router.currentRoute.value.query).toMatchObject({ by: 'year', on: '2026', split: 'trust' })
  })
})

describe('the page of the picture', () => {
  it('tells all in words, and says when the browser cannot draw', async () => {
    const { wrapper } = await open(PictureView, '/period/picture')
    await until(() => wrapper.text().includes('这个浏览器画不了图片'))
    const words = wrapper.get('[aria-labelledby=in-words]').text()
    const days = await opened.db.days.toArray()
    const grams = days
      .filter(({ day }) => day.startsWith(monthOf(now)))
      .reduce((sum, day) => sum + Object.values(day.grams).reduce((all, one) => all + one, 0), 0)
    expect(words).toContain(formatGrams(grams, 'zh-CN'))
    expect(words).toContain('示例')
    expect(wrapper.get('input[role=switch]').attributes('disabled')).toBeDefined()
  })
})

describe('the page of badges', () => {
  it('counts what is confirmed and lets a badge go with the act that it needs', async () => {
    const { wrapper } = await open(BadgesView, '/me/badges')
    await until(() => wrapper.text().includes('最长连续'))
    const before = Number(/行动次数现在 (\d+) 次/.exec(wrapper.text())?.[1])
    const confirmed = (await opened.db.entries.toArray()).filter(
      ({ kind, outcome, later }) =>
        kind === 'activity.record' &&
        (outcome === 'accepted' || outcome === 'adjusted') &&
        later !== 'withdrawn' &&
        later !== 'rejected',
    )
    expect(before).toBe(confirmed.length)
    await opened.db.days.clear()
    await until(() => wrapper.text().includes('还没有徽章'))
    expect(wrapper.text()).toContain('还差 1 次，就到 1 次')
  })
})
