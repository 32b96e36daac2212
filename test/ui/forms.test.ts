/** Every form, one beside the other: what is typed stays and belongs to one person, what is wrong is said at its field, and it is sent by its button and by Enter. */
import { globSync, readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Component, defineComponent, h, ref } from 'vue'
import type { Points } from '../../src/domain/base/units.ts'
import { useDeviceStore } from '../../src/stores/device.ts'
import { usePeople } from '../../src/stores/people.ts'
import { language } from '../../src/text/language.ts'
import CheckInPanel from '../../src/views/city/events/CheckInPanel.vue'
import HelpedList from '../../src/views/helping/HelpedList.vue'
import GoalSheet from '../../src/views/home/GoalSheet.vue'
import LogView from '../../src/views/log/LogView.vue'
import NameRoute from '../../src/views/log/NameRoute.vue'
import AddPersonSheet from '../../src/views/me/AddPersonSheet.vue'
import FootprintView from '../../src/views/me/footprint/FootprintView.vue'
import GoalField from '../../src/views/me/GoalField.vue'
import PersonCard from '../../src/views/me/PersonCard.vue'
import SignInView from '../../src/views/me/SignInView.vue'
import VoucherDispute from '../../src/views/rewards/VoucherDispute.vue'
import TillJoin from '../../src/views/till/TillJoin.vue'
import TillScan from '../../src/views/till/TillScan.vue'
import FeedbackView from '../../src/views/voice/FeedbackView.vue'
import NominateView from '../../src/views/voice/NominateView.vue'
import { journalOffer } from '../support/big-journal.ts'
import { TEST_START } from '../support/clock.ts'
import { now, openWorld, type World } from './me/world.ts'

/** Drawn and pressed in the place of the page that holds it. */
const open = (view: Component): Component =>
  defineComponent({ setup: () => ({ isOpen: ref(true) }), render: () => h(view, { open: true }) })
const ownCard = defineComponent(() => {
  const device = useDeviceStore()
  return () => device.current && h(PersonCard, { profile: device.current })
})
const TODAY = '2026-11-20'
const event = defineComponent(() => () => {
  const more = { points: 10 as Points, hasCheckIn: true, sample: false }
  const days = { fromDay: TODAY, toDay: TODAY }
  const titles = { titleZh: '节能宣传周', titleEn: 'Energy week' }
  const occurrence = {
    id: 'energy-2026',
    eventId: 'energy',
    city: 'weifang',
    ...titles,
    ...days,
    ...more,
  } as const
  return h(CheckInPanel, { occurrence, today: TODAY, now: now() })
})

const usedVoucher = defineComponent(() => () => {
  const at = { issuedAt: now(), expiresAt: now(), endedAt: now() }
  const { id: offerId, version: offerVersion, merchantId, pricePoints } = journalOffer
  const voucher = {
    ...{ id: '00000000-0000-4000-8000-000000000001', seq: 1, offerId, offerVersion, merchantId, pricePoints },
    ...{ ...at, offer: journalOffer, code: '7K2M 94QX 13', token: 't', state: 'used' as const },
  }
  return h(VoucherDispute, { voucher, now: now() })
})

const route = defineComponent(() => () => h(NameRoute, { act: { code: 'bus', stops: 3 } }))

interface Form {
  readonly name: string
  /** The files whose fields it shows. */
  readonly files: readonly string[]
  readonly view: Component
  readonly path?: string
  /** Leads to the field, where it is not there at once. */
  readonly reach?: (world: World) => Promise<void>
  readonly label: string
  readonly typed: string
  /** What is not taken, and some of the words that say so. Without: whatever is typed is. */
  readonly wrong?: readonly [typed: string, words: string]
}

const chooses = (value: string) => async (world: World) => {
  await world.settle(() => world.page.find(`input[value="${value}"]`).exists())
  await world.page.get(`input[value="${value}"]`).setValue()
}
const presses = (label: string) => async (world: World) => {
  await world.settle(() => world.page.find(`[aria-label="${label}"]`).exists())
  await world.page.get(`[aria-label="${label}"]`).trigger('click')
}

const LOG = { view: LogView, files: ['log/LogForm', 'log/TripFields'] }
const FORMS: readonly Form[] = [
  {
    ...LOG,
    name: 'a ride',
    path: '/log?code=bike',
    label: '里程',
    typed: '３０公里',
    wrong: ['30站', '“站”不是这里的单位'],
  },
  {
    ...LOG,
    name: 'a bus by stops',
    path: '/log?code=bus',
    reach: chooses('stops'),
    label: '站数',
    typed: '3 站',
    wrong: ['3公里', '“公里”不是这里的单位'],
  },
  {
    ...LOG,
    name: 'a walk by minutes',
    path: '/log?code=walk',
    reach: chooses('minutes'),
    label: '用时',
    typed: '半小时',
    wrong: ['一会儿', '没看懂“一会儿”'],
  },
  { ...LOG, name: 'a bus line', path: '/log?code=bus', label: '线路', typed: '5 路' },
  {
    ...LOG,
    name: 'meals',
    path: '/log?code=clean-plate',
    label: '几餐',
    typed: '2餐',
    wrong: ['两三餐', '没看懂'],
  },
  {
    name: 'a sentence',
    files: ['log/SentenceField'],
    view: LogView,
    path: '/log',
    label: '用一句话记',
    typed: '今天坐５路3站',
    wrong: ['  ', '先写一句话'],
  },
  {
    name: 'a route',
    files: ['log/NameRoute'],
    view: route,
    label: '名字',
    typed: '家→单位',
    wrong: [' ', '写上名字再存'],
  },
  {
    name: 'a meter',
    files: ['log/MeterFields'],
    view: LogView,
    path: '/log',
    reach: chooses('power'),
    label: '前一周开始的读数',
    typed: '12,480.5 度',
    wrong: ['12480公斤', '“公斤”不是这里的单位'],
  },
  {
    name: 'feedback',
    files: ['voice/FeedbackView'],
    view: FeedbackView,
    label: '想说的话',
    typed: '路口的灯太暗',
    wrong: [' ', '先写几个字'],
  },
  {
    name: 'a nomination',
    files: ['voice/NominateView'],
    view: NominateView,
    label: '案例叫什么',
    typed: '旧衣回收角',
    wrong: [' ', '给案例起个名字'],
  },
  {
    name: 'signing in',
    files: ['me/SignInView'],
    view: SignInView,
    label: '手机号',
    typed: '138 0013',
    wrong: ['12345', '11 位'],
  },
  {
    name: 'one more person',
    files: ['me/AddPersonSheet'],
    view: open(AddPersonSheet),
    label: '名字',
    typed: '奶奶',
  },
  {
    name: 'somebody to log for',
    files: ['helping/HelpedList'],
    view: HelpedList,
    label: '替谁记',
    typed: '奶奶',
  },
  {
    name: 'a till’s joining code',
    files: ['till/TillJoin'],
    view: TillJoin,
    label: '加入码',
    typed: '7K2M 94QX 13',
    wrong: ['7K2M', '十个字'],
  },
  {
    name: 'a voucher’s number at a till',
    files: ['till/TillScan'],
    view: TillScan,
    label: '券号',
    typed: '7K2M 94QX',
  },
  {
    name: 'a new name',
    files: ['me/PersonCard'],
    view: ownCard,
    reach: presses('改名字'),
    label: '名字',
    typed: '小林',
  },
  {
    name: 'the goal in settings',
    files: ['me/GoalField'],
    view: GoalField,
    label: '每月目标',
    typed: '12.5 公斤',
    wrong: ['2000', '最多填 1,000'],
  },
  {
    name: 'the goal on home',
    files: ['home/GoalSheet'],
    view: open(GoalSheet),
    label: '每月',
    typed: '20斤',
    wrong: ['20度', '“度”不是这里的单位'],
  },
  {
    name: 'one’s footprint',
    files: ['me/footprint/FootprintView'],
    view: FootprintView,
    label: '一个月用电',
    typed: '240 度',
    wrong: ['240公斤', '“公斤”不是这里的单位'],
  },
  {
    name: 'a dispute',
    files: ['rewards/VoucherDispute'],
    view: usedVoucher,
    reach: async (world) => {
      const button = () => world.page.findAll('button').find((each) => each.text() === '这不是我用的')
      await world.settle(() => button() !== undefined || world.page.find('textarea').exists())
      await button()?.trigger('click')
    },
    label: '怎么回事',
    typed: '那天我不在那里',
    wrong: ['  ', '写一两句'],
  },
  {
    name: 'a check-in',
    files: ['city/events/CheckInPanel'],
    view: event,
    label: '签到码',
    typed: 'AB12',
    wrong: ['  ', '码'],
  },
]

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
  now.set(TEST_START)
})
afterEach(() => world?.close())

const find = (label: string) =>
  world.page.findAll('label').find((each) => each.text() === label && each.attributes('for') !== undefined)
function field(label: string) {
  return world.page.get<HTMLInputElement>(`[id="${find(label)?.attributes('for')}"]`)
}

async function reach({ reach, label }: Form): Promise<void> {
  await reach?.(world)
  await world.settle(() => find(label) !== undefined)
}

async function visit(form: Form): Promise<void> {
  world = await openWorld(form.view, form.path ? { path: form.path } : {})
  await reach(form)
}

describe('what was typed', () => {
  it.each(FORMS)('for $name is there again after a reload, as it was typed', async (form) => {
    await visit(form)
    await field(form.label).setValue(form.typed)
    await world.reload()
    await reach(form)
    await world.settle(() => field(form.label).element.value === form.typed)
  })

  it.each(FORMS)('for $name is its person’s: another one on the phone does not see it', async (form) => {
    await visit(form)
    const mine = world.device.current?.ledgerId ?? ''
    await field(form.label).setValue(form.typed)
    await usePeople().addGuest('', 'weifang')
    await world.settle(() => world.device.current?.ledgerId !== mine)
    await world.reload()
    await reach(form)
    await world.settle(() => field(form.label).element.value !== form.typed)
    await world.device.switchTo(mine)
    await world.settle(() => world.device.current?.ledgerId === mine)
    await reach(form)
    await world.settle(() => field(form.label).element.value === form.typed)
  })
})

describe('what is wrong', () => {
  const checked = FORMS.filter(
    (form): form is Form & Required<Pick<Form, 'wrong'>> => form.wrong !== undefined,
  )

  it.each(checked)(
    'for $name is said at its field, which takes the focus; it stays as typed',
    async (form) => {
      const [typed, words] = form.wrong
      await visit(form)
      await field(form.label).setValue(typed)
      const owner = field(form.label).element.form
      owner?.dispatchEvent(new Event('submit', { cancelable: true }))
      await world.settle(() => document.activeElement === field(form.label).element)
      const { element } = field(form.label)
      expect(element.getAttribute('aria-invalid')).toBe('true')
      expect(document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
        words,
      )
      expect(element.value).toBe(typed)
    },
  )
})

describe('every form', () => {
  it.each(FORMS)('$name has a button that sends it, so that Enter does', async (form) => {
    await visit(form)
    const { form: owner } = field(form.label).element
    const inside = owner?.querySelector('button[type="submit"]')
    expect(inside ?? document.querySelector(`button[type="submit"][form="${owner?.id}"]`)).not.toBeNull()
  })

  const files = globSync('src/{views,components}/**/*.vue').map((path) => path.replaceAll('\\', '/'))
  const sources = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]))
  const using = (pattern: RegExp) => files.filter((path) => pattern.test(sources.get(path) ?? '')).sort()

  it('is made of the one form and its fields', () => {
    expect(using(/<form[\s>]|'form'/)).toEqual([
      'src/components/base/BaseForm.vue',
      'src/views/city/quiz/QuizQuestion.vue',
      'src/views/city/search/SearchField.vue',
    ])
    expect(using(/<textarea|type="(text|tel|number|password|email)"/)).toEqual([
      'src/components/base/NumberField.vue',
      'src/components/base/TextField.vue',
    ])
  })

  it('that takes typing stands in the table above, or is one that keeps nothing on purpose', () => {
    const elsewhere = [
      'components/base/ConfirmTyping', // what cannot be undone is typed by whoever does it now
      'components/entry/AppealSheet', // see the entry's own test
      'views/helping/MyHelpers', // only of an account, see the journey of two phones
      'views/me/CodeStep', // a code is never kept
      'views/pickups/BookPickupView', // only of an account and with services, see its journey
      'views/providers/TokenTest',
      'views/till/RefundSheet', // only of an acceptance, see the till's own test
      'views/till/TillDevices', // only a manager's
      'views/verify/VerifyView', // somebody else's: looked at and put away
    ]
    const inTable = FORMS.flatMap((form) => form.files.map((file) => `views/${file}`))
    const known = [...new Set([...inTable, ...elsewhere])].map((file) => `src/${file}.vue`).sort()
    expect(using(/<(TextField|NumberField)[\s>]/)).toEqual(known)
  })
})
