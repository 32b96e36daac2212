/** The desk's forms: what is wrong is said at its field, what the backend refuses too, and what was typed stays through a reload until it has arrived. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Component } from 'vue'
import type { CityId } from '../../../src/domain/base/city.ts'
import { addDays, dayOf, startOfDay } from '../../../src/domain/base/time.ts'
import { createDesk, deskKey } from '../../../src/ops/desk.ts'
import { hasDeskDrafts } from '../../../src/ops/desk-draft.ts'
import { emptyAlertForm, fieldOfAlert, readAlertForm } from '../../../src/ops/pages/alerts/alert-form.ts'
import EventPanel from '../../../src/ops/pages/events/EventPanel.vue'
import { emptyEventForm, readEventForm } from '../../../src/ops/pages/events/event-form.ts'
import OfferPanel from '../../../src/ops/pages/offers/OfferPanel.vue'
import { emptyOfferForm, offerFormOf, readOfferForm } from '../../../src/ops/pages/offers/offer-form.ts'
import { outlookInForm, readWeekGrams, weeksThatWere } from '../../../src/ops/pages/offers/outlook-form.ts'
import PlantingPanel from '../../../src/ops/pages/planting/PlantingPanel.vue'
import {
  emptyPlantingForm,
  plantingFormOf,
  readPlantingForm,
} from '../../../src/ops/pages/planting/planting-form.ts'
import { momentIn } from '../../../src/ops/pages/proposals/difference.ts'
import ScorePanel from '../../../src/ops/pages/voices/ScorePanel.vue'
import { language } from '../../../src/text/language.ts'

const TODAY = dayOf(Date.now())
const OFFER = {
  ...emptyOfferForm(TODAY),
  ...{
    id: 'cake',
    base: 0,
    category: 'food' as const,
    titleZh: '饼',
    titleEn: 'Cake',
    termsZh: '到店出示',
    termsEn: 'Show it',
  },
  ...{
    merchantId: 'sample-cafe',
    cities: ['jinan' as CityId],
    pricePoints: 50,
    valueYuan: 0.5,
    perPersonMax: 2,
    validDays: 30,
  },
  ...{ lastDay: addDays(TODAY, 30), pieces: 20, budgetYuan: 10 },
} as const

interface Sent {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

let page: ReturnType<typeof mount> | undefined
let sent: Sent[]
/** What the next request that changes something is answered. */
let answer: () => Response

beforeEach(() => {
  language.value = 'zh-CN'
  sessionStorage.clear()
  sent = []
  answer = () => new Response('{}')
})
afterEach(() => page?.unmount())

function open(view: Component, props: object = {}): void {
  const desk = createDesk({
    newId: () => 'an id',
    reach: async (path, init) => {
      if (init.method === 'GET')
        return new Response(path.endsWith('/weeks') ? '{"weeks":[]}' : '{"versions":[]}')
      sent.push({ method: init.method ?? '', path, body: JSON.parse(String(init.body)) })
      return answer()
    },
  })
  page = mount(view, { props, attachTo: document.body, global: { provide: { [deskKey as symbol]: desk } } })
}
const field = (label: string) => {
  const found = page?.findAll('label').find((each) => each.text() === label)
  if (!found) throw new Error(`no field ${label}`)
  return page?.get(`#${found.attributes('for')}`) as ReturnType<NonNullable<typeof page>['get']>
}
const said = () =>
  page
    ?.findAll('.is-wrong')
    .map((each) => each.text())
    .filter(Boolean)
const submit = async () => {
  await page?.get('form').trigger('submit')
  await flushPromises()
}

async function fillOffer(): Promise<void> {
  for (const [label, value] of [
    ['编号', 'cake'],
    ['名称（中文）', '饼'],
    ['名称（英文）', 'Cake'],
    ['使用规则（中文）', '到店出示'],
    ['使用规则（英文）', 'Show it'],
    ['商户编号', 'sample-cafe'],
    ['积分价', '50'],
    ['付给商户（元/份）', '0.5'],
    ['份数', '20'],
    ['预算（元）', '10'],
  ] as const)
    await field(label).setValue(value)
  await page?.get('input[type="checkbox"][value="jinan"]').setValue(true)
}

it('sends an offer in fen and instants once each of its fields is right', async () => {
  open(OfferPanel)
  await submit()
  expect(sent).toEqual([])
  expect(said()).toEqual(expect.arrayContaining(['至少选一个城市', '整数，至少 1 积分']))
  await fillOffer()
  await submit()
  expect(sent).toEqual([
    {
      method: 'POST',
      path: '/api/v1/ops/offers',
      body: expect.objectContaining({
        id: 'cake',
        base: 0,
        valueFen: 50,
        stock: { pieces: 20, budgetFen: 1000 },
      }),
    },
  ])
  expect(page?.emitted('close')).toEqual([['已发布，市民下次联网时看到。']])
})

it('keeps what was typed through a reload, and not once it has arrived', async () => {
  open(OfferPanel)
  await field('名称（中文）').setValue('写到一半')
  page?.unmount()
  open(OfferPanel)
  expect((field('名称（中文）').element as HTMLInputElement).value).toBe('写到一半')
  await fillOffer()
  await submit()
  page?.unmount()
  open(OfferPanel)
  expect((field('名称（中文）').element as HTMLInputElement).value).toBe('')
})

it('keeps a number through a reload as it was typed, also while it is none', async () => {
  const shown = (label: string) => (field(label).element as HTMLInputElement).value
  open(OfferPanel)
  await fillOffer()
  await field('份数').setValue('两三百')
  await field('预算（元）').setValue('1 万')
  page?.unmount()
  open(OfferPanel)
  expect([shown('份数'), shown('预算（元）')]).toEqual(['两三百', '1 万'])
  await submit()
  expect(sent).toEqual([])
  await field('份数').setValue('200')
  await field('预算（元）').setValue('10000')
  await submit()
  expect(sent).toEqual([
    expect.objectContaining({
      body: expect.objectContaining({ stock: { pieces: 200, budgetFen: 1_000_000 } }),
    }),
  ])
})

it('a number that was typed and taken out again is no draft', async () => {
  open(OfferPanel)
  await field('份数').setValue('30')
  expect(hasDeskDrafts()).toBe(true)
  await field('份数').setValue('')
  expect(hasDeskDrafts()).toBe(false)
})

it('shows what only the backend knows at the field that it names, and takes it back with the next change', async () => {
  answer = () =>
    new Response(
      JSON.stringify({
        type: 'x',
        title: 'x',
        status: 400,
        code: 'malformed',
        detail: 'id: expected a name that no offer has',
      }),
      {
        status: 400,
      },
    )
  open(OfferPanel)
  await fillOffer()
  await submit()
  expect(said()).toEqual(['小写字母、数字和 -，最多 64 个，别的兑换没有用过'])
  expect((field('名称（中文）').element as HTMLInputElement).value).toBe('饼')
  await field('编号').setValue('another')
  expect(said()).toEqual([])
})

it.each([
  ['a negative price', { pricePoints: -1 }, 'pricePoints'],
  ['no stock', { pieces: 0 }, 'pieces'],
  ['no money for one piece', { budgetYuan: 0.49 }, 'budgetYuan'],
  ['no last day', { lastDay: '' }, 'lastDay'],
  ['a day that does not exist', { lastDay: '2026-02-30' }, 'lastDay'],
  ['no city', { cities: [] }, 'cities'],
  ['an empty title', { titleEn: '  ' }, 'titleEn'],
])('an offer with %s is wrong at that field alone', (_what, given, wrong) => {
  const read = readOfferForm({ ...OFFER, cities: [...OFFER.cities], ...given } as Parameters<
    typeof readOfferForm
  >[0])
  expect('faults' in read && [...read.faults]).toEqual([wrong])
})

it('an offer that is there goes back into the form as it came out of it', () => {
  const read = readOfferForm({ ...OFFER, cities: [...OFFER.cities] })
  if (!('draft' in read)) throw new Error('refused')
  const { stock: _stock, base: _base, ...words } = read.draft
  const offer = { ...words, version: 3, merchantZh: '店', merchantEn: 'Shop', sample: true }
  expect(readOfferForm(offerFormOf(offer, TODAY))).toEqual({ draft: { ...words, base: 3 } })
  expect(offer.endsAt).toBe(startOfDay(addDays(TODAY, 31)))
})

it('asks the simulator with the weeks of the offer’s cities, and says nothing while a figure is missing', () => {
  const figures = { people: 10, acts: 20, grams: 20_000, points: 20_000, vouchers: 0 }
  const weeks = [
    { week: '2026-11-16', city: 'jinan', figures },
    { week: '2026-11-16', city: 'zibo', figures: { ...figures, people: 30 } },
    { week: '2026-11-09', city: 'jinan' },
  ] as const
  expect(weeksThatWere([...weeks], ['jinan'])).toEqual({ people: 10, grams: [2000] })
  expect(weeksThatWere([...weeks], ['jinan', 'zibo'])).toEqual({ people: 40, grams: [1000] })
  expect(weeksThatWere([...weeks], ['weifang'])).toBeUndefined()
  expect(readWeekGrams('1200，900, 3000')).toEqual([1200, 900, 3000])
  expect(readWeekGrams('many')).toBeUndefined()
  const asked = { people: 10, grams: [50], sharePerMille: 1000, pointsPerKg: 1000, weekCapPoints: 20_000 }
  const form = {
    ...emptyOfferForm(TODAY),
    pieces: 20,
    budgetYuan: 10,
    valueYuan: 0.5,
    pricePoints: 50,
    perPersonMax: 9,
  }
  expect(outlookInForm(form, undefined, asked)).toMatchObject({ pieces: 20, p50: 2 })
  expect(outlookInForm({ ...form, pricePoints: null }, undefined, asked)).toBeUndefined()
  expect(outlookInForm(form, { pieces: 10, budgetFen: 500 }, asked)).toMatchObject({ pieces: 10, p50: 1 })
})

it('a warning is written once in each language, and what is wrong is said in the right one', () => {
  const form = {
    ...emptyAlertForm(),
    ...{
      cities: ['zibo'],
      effective: '2026-11-29T18:00',
      expires: '2026-11-30T18:00',
      hazard: 'heat',
      colour: 'orange',
    },
    ...{
      senderZh: '台',
      eventZh: '高温',
      headlineZh: '高温预警',
      descriptionZh: '热',
      instructionZh: '多喝水',
    },
  } as Parameters<typeof readAlertForm>[0]
  const read = readAlertForm(form)
  expect('draft' in read && read.draft.info).toMatchObject([
    {
      language: 'zh-CN',
      effective: '2026-11-29T18:00:00+08:00',
      area: [{ areaDesc: '淄博', geocode: [{ value: '370300' }] }],
    },
  ])
  const faultsOf = (given: object) => {
    const wrong = readAlertForm({ ...form, ...given })
    return 'faults' in wrong ? [...wrong.faults] : []
  }
  expect(faultsOf({ expires: '2026-11-29T17:00' })).toEqual(['expires'])
  // As a browser without a field for times lets it be typed: no day is taken for another.
  expect(faultsOf({ expires: '2027-02-29T12:00' })).toEqual(['expires'])
  expect(faultsOf({ effective: '2026-11-31T18:00' })).toContain('effective')
  expect(faultsOf({ expires: '2026-11-30T24:00' })).toEqual(['expires'])
  expect(faultsOf({ cities: [] })).toEqual(['cities'])
  expect(faultsOf({ headlineEn: 'Heat' })).toEqual(['eventEn', 'senderEn', 'descriptionEn', 'instructionEn'])
  expect(faultsOf({ headlineZh: '' })).toEqual(['headlineZh'])
  expect(fieldOfAlert('references')).toBe('references')
})

it('an event has its place in both languages or in none, and days that exist in order', () => {
  const form = {
    ...emptyEventForm(),
    eventId: 'clean-day',
    fromDay: '2026-12-01',
    toDay: '2026-12-02',
    titleZh: '清洁日',
    titleEn: 'A day',
  }
  const faultsOf = (given: object) => {
    const read = readEventForm({ ...form, ...given }, { isSample: true })
    return 'faults' in read ? [...read.faults] : read.draft.sample
  }
  expect(faultsOf({})).toBe(true)
  expect(faultsOf({ placeZh: '广场' })).toEqual(['toDay'])
  expect(faultsOf({ toDay: '2026-11-01' })).toEqual(['toDay'])
  expect(faultsOf({ fromDay: '2026-02-30' })).toContain('fromDay')
  expect(faultsOf({ code: '123' })).toEqual(['code'])
  expect(faultsOf({ points: 501 })).toEqual(['points'])
})

it('an event that is public can be withdrawn with a reason in both languages, not in one', async () => {
  const event = {
    ...{ id: 'day-1', eventId: 'day', city: 'zibo', fromDay: '2026-12-01', toDay: '2026-12-01', points: 0 },
    ...{ titleZh: '日', titleEn: 'Day', hasCheckIn: false, sample: true },
  }
  answer = () => new Response(JSON.stringify({ ...event, withdrawn: { at: 1 } }))
  open(EventPanel, { of: event })
  await field('为什么（中文，可不填）').setValue('下雨')
  const forms = page?.findAll('form') ?? []
  await forms.at(-1)?.trigger('submit')
  await flushPromises()
  expect([sent, said()]).toEqual([[], ['两种语言都填，或都不填；最多 200 字']])
  await field('为什么（英文，可不填）').setValue('Rain')
  await forms.at(-1)?.trigger('submit')
  await flushPromises()
  expect(sent).toEqual([
    { method: 'POST', path: '/api/v1/ops/events/day-1/withdraw', body: { noteZh: '下雨', noteEn: 'Rain' } },
  ])
  expect(page?.emitted('close')).toEqual([['已撤下。']])
})

it('what cannot be taken back is done by the second press: the first says what follows, and a no leaves it', async () => {
  const event = {
    ...{ id: 'day-1', eventId: 'day', city: 'zibo', fromDay: '2026-12-01', toDay: '2026-12-01', points: 0 },
    ...{ titleZh: '日', titleEn: 'Day', hasCheckIn: false, sample: true },
  }
  answer = () => new Response(JSON.stringify({ ...event, withdrawn: { at: 1 } }))
  open(EventPanel, { of: event })
  const press = async (words: string) => {
    const found = page?.findAll('button').find((each) => each.text() === words)
    await found?.trigger('click')
    await flushPromises()
  }
  const asks = () => page?.text().includes('撤下后不能恢复')
  await press('撤下')
  expect([asks(), sent]).toEqual([true, []])
  expect(document.activeElement?.textContent).toBe('先不做')
  await press('先不做')
  expect([asks(), document.activeElement?.textContent]).toEqual([false, '撤下'])
  await press('撤下')
  await press('撤下')
  expect(sent).toMatchObject([{ method: 'POST', path: '/api/v1/ops/events/day-1/withdraw' }])
})

it('a nominated case is scored when each mark is there and the person has nothing to do with it', async () => {
  const of = {
    ...{ accountId: 'a', voiceId: 'v', kind: 'case.nominate', city: 'zibo', state: 'received', sentAt: 1 },
    ...{ photoDigest: null, hasPhoto: false, scored: 0, isScoredByMe: false },
  }
  answer = () => new Response('{"count":1}')
  open(ScorePanel, { of })
  await submit()
  expect(said()).toEqual(['每一项都要打分', '不能这样说的人不评这一件'])
  for (const group of page?.findAll('fieldset') ?? []) await group.findAll('input')[3]?.setValue()
  await page?.get('input[type="checkbox"]').setValue(true)
  await submit()
  const scores = { effect: 4, repeatable: 4, participation: 4, evidence: 4 }
  expect(sent).toEqual([
    { method: 'POST', path: '/api/v1/ops/nominations/a/v/scores', body: { isFree: true, scores } },
  ])
  expect(page?.emitted('close')).toEqual([['已评分，等第二个人。']])
})

const PLANTING = {
  ...emptyPlantingForm(),
  ...{ provider: 'planting', city: 'zibo' as CityId, titleZh: '植柏', titleEn: 'Cypresses', places: 5 },
  ...{ placeZh: '东门', placeEn: 'East gate', bringZh: '手套', bringEn: 'Gloves' },
  ...{ starts: '2026-12-05T09:00', ends: '2026-12-05T11:30', cancelBy: '2026-12-04T18:00' },
}

it.each([
  ['nobody who holds it', { provider: '' }, ['provider']],
  ['no place', { places: 0 }, ['places']],
  ['a half place', { places: 1.5 }, ['places']],
  ['no beginning', { starts: '' }, ['starts']],
  ['a day that does not exist', { ends: '2026-02-30T10:00' }, ['ends']],
  ['an end before it begins', { ends: '2026-12-05T08:00' }, ['ends']],
  ['two days', { ends: '2026-12-07T09:00' }, ['ends']],
  ['giving up after it began', { cancelBy: '2026-12-05T09:01' }, ['cancelBy']],
  ['nothing to bring in English', { bringEn: ' ' }, ['bringEn']],
])('a planting day with %s is wrong at that field alone', (_what, given, wrong) => {
  const read = readPlantingForm({ ...PLANTING, ...given })
  expect('faults' in read && [...read.faults]).toEqual(wrong)
})

it('a planting day goes back into the form as it came out of it, and sends only what it says', () => {
  const read = readPlantingForm(PLANTING)
  if (!('draft' in read)) throw new Error('refused')
  const { base: _base, ...words } = read.draft
  expect(words.startsAt).toBe(Date.parse('2026-12-05T01:00:00Z'))
  const day = { ...words, id: 'day-1', revision: 4, sample: true }
  expect(readPlantingForm(plantingFormOf(day))).toEqual({ draft: { ...words, id: 'day-1', base: 4 } })
})

it('a planting day that is called off in one language alone is told so, and nothing is sent', async () => {
  const { places, ...words } = PLANTING
  const times = { startsAt: 4_000_000_000_000, endsAt: 4_000_003_600_000, cancelBy: 3_999_900_000_000 }
  const day = { ...words, ...times, id: 'day-1', places: places ?? 0, revision: 2, sample: false }
  open(PlantingPanel, { of: { left: 3, day } })
  await field('为什么（中文，可不填）').setValue('大雨')
  await page?.findAll('form')[1]?.trigger('submit')
  await flushPromises()
  expect([sent, said()]).toEqual([[], ['两种语言都填，或都不填；最多 200 字']])
  await field('为什么（英文，可不填）').setValue('Rain')
  await page?.findAll('form')[1]?.trigger('submit')
  await flushPromises()
  const note = { noteZh: '大雨', noteEn: 'Rain' }
  expect(sent).toEqual([
    { method: 'POST', path: '/api/v1/ops/planting-days/day-1/call-off', body: { base: 2, note } },
  ])
})

it('a moment in a proposal is read as a day and an hour, and no other number is', () => {
  expect(momentIn({ member: 'startsAt' }, '1795147200000')).toBe(1_795_147_200_000)
  expect(momentIn({ member: 'cancelBy' }, '1795147200000')).toBe(1_795_147_200_000)
  for (const [member, text] of [
    ['places', '1795147200000'],
    ['startsAt', '12'],
    ['endsAt', undefined],
  ] as const)
    expect(momentIn({ member }, text)).toBe(undefined)
})
