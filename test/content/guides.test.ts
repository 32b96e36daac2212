/** The guides are right by their own rules: complete in both languages, found by what people type, and no promise that a plan does not make. */
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  binItems,
  binItemsIn,
  isSorted,
  itemsIn,
  meaningsOf,
  withOverrides,
} from '../../src/content/guides/bin-guide.ts'
import overrides from '../../src/content/guides/bin-overrides.json' with { type: 'json' }
import {
  BINS,
  type BinOverrides,
  binItemSchema,
  binOverridesSchema,
  TIPS,
} from '../../src/content/guides/bin-schema.ts'
import { buildBinSearch, namesOf } from '../../src/content/guides/bin-search.ts'
import { CHECKLISTS, checklistItems, measureFor, planWord } from '../../src/content/guides/checklists.ts'
import {
  FACTS,
  factsAsked,
  SAYINGS,
  type SubsidyAnswer,
  subsidyAnswer,
  WISHES,
} from '../../src/content/guides/subsidy-guide.ts'
import { loadAllCities } from '../../src/content/registry.ts'
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import { SD_DEMO_V1 } from '../../src/domain/methodology/packs/index.ts'
import { checklistsText } from '../../src/text/guides/checklists.ts'
import { binsText, guidesText } from '../../src/text/guides/guides.ts'
import { subsidyText } from '../../src/text/guides/subsidy.ts'
import { goldenCity } from './golden.ts'

const SENTENCE_CHARACTERS_MAX = 90

/** All strings of a text pack or record, functions left out. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : []
}
const tooLong = (texts: readonly string[]) =>
  texts.flatMap((text) => text.split(/[。！？；]/)).filter((one) => one.length > SENTENCE_CHARACTERS_MAX)
const hasHan = (text: string) => /\p{Script=Han}/u.test(text)

const measureIds = new Map<CityId, Set<string>>()
beforeAll(async () => {
  for (const pack of await loadAllCities())
    measureIds.set(pack.city.id as CityId, new Set(pack.measures.map((measure) => measure.id)))
})

describe('which bin', () => {
  it('knows at least 250 items, each by the schema, and no id twice', () => {
    for (const item of binItems) expect(v.safeParse(binItemSchema, item).success, item.id).toBe(true)
    expect(new Set(binItems.map((item) => item.id)).size).toBe(binItems.length)
    // The guides' first page says so.
    expect(binItems.length).toBeGreaterThanOrEqual(290)
    expect(BINS.filter((bin) => itemsIn(bin).length === 0)).toEqual([])
  })

  it('is complete in both languages', () => {
    for (const item of binItems) {
      expect([item.nameEn, ...item.alsoEn].filter(hasHan), item.id).toEqual([])
      expect(item.alsoZh.length + item.alsoEn.length, item.id).toBeGreaterThan(0)
      if (!isSorted(item)) continue
      expect(item.noteZh === undefined, item.id).toBe(item.noteEn === undefined)
      if (item.isOftenWrong) expect(item.noteZh, item.id).toBeDefined()
    }
  })

  it('gives each name to one item only; a word for several things asks which', () => {
    const owners = new Map<string, string>()
    const twice: string[] = []
    for (const item of binItems)
      for (const name of namesOf(item).map((each) => each.toLowerCase())) {
        const owner = owners.get(name)
        if (owner !== undefined && owner !== item.id) twice.push(`${name}: ${owner}, ${item.id}`)
        owners.set(name, item.id)
      }
    expect(twice).toEqual([])
    for (const item of binItems)
      if (!isSorted(item))
        expect(
          meaningsOf(item).map((one) => one.id),
          item.id,
        ).toEqual(item.which)
  })

  it('has a word for every tip, and uses every tip', () => {
    const used = new Set(binItems.filter(isSorted).flatMap((item) => item.tip ?? []))
    expect([...used].sort()).toEqual([...TIPS].sort())
    expect(Object.keys(binsText['zh-CN'].tip).sort()).toEqual([...TIPS].sort())
  })

  it('keeps what is poisonous, sharp or explosive out of the wrong bins', () => {
    const bin = (id: string) => binItems.filter(isSorted).find((item) => item.id === id)?.bin
    for (const id of [
      'expired-medicine',
      'fluorescent-tube',
      'power-bank',
      'button-battery',
      'paint',
      'pesticide',
      'mercury-thermometer',
    ])
      expect(bin(id), id).toBe('hazardous')
    for (const id of [
      'dry-battery',
      'big-bone',
      'tissue',
      'diaper',
      'ceramic',
      'coconut-shell',
      'wet-wipe',
      'seashell',
    ])
      expect(bin(id), id).toBe('other')
    for (const id of ['leftovers', 'egg-shell', 'shrimp-shell', 'tea-leaves', 'herb-residue'])
      expect(bin(id), id).toBe('kitchen')
    for (const id of ['mirror', 'mobile-phone', 'milk-carton', 'clothes', 'can'])
      expect(bin(id), id).toBe('recyclable')
    for (const id of ['gas-cylinder', 'fireworks']) expect(bin(id), id).toBe('special')
  })

  describe('where a city has a rule of its own', () => {
    const rule = { ruleZh: '本市目录把它归为可回收物。', ruleEn: 'The city’s list has it among recyclables.' }
    const own = { 'wet-wipe': { bin: 'recyclable', material: 'textile', ...rule } } as const

    it('an override names a sorted item, and another bin or another care than the standard', () => {
      for (const given of [overrides, { jinan: own }]) {
        expect(v.safeParse(binOverridesSchema, given).success).toBe(true)
        for (const items of Object.values(given as BinOverrides))
          for (const [id, { ruleZh: _, ruleEn: __, ...sorted }] of Object.entries(items ?? {})) {
            const standard = binItems.filter(isSorted).find((item) => item.id === id)
            expect(standard, id).toBeDefined()
            expect({ ...standard, ...sorted }, id).not.toEqual(standard)
          }
      }
      for (const broken of [
        { beijing: own },
        { jinan: { 'wet-wipe': { bin: 'blue', ...rule } } },
        { jinan: { 'wet-wipe': { bin: 'other' } } },
        { jinan: { 'Wet Wipe': { bin: 'other', ...rule } } },
      ])
        expect(v.safeParse(binOverridesSchema, broken).success, JSON.stringify(broken)).toBe(false)
    })

    it('its people read that rule and what the standard says elsewhere; nothing else moves', () => {
      const inCity = withOverrides(binItems, own)
      const wipe = inCity.filter(isSorted).find(({ id }) => id === 'wet-wipe')
      expect(wipe).toMatchObject({
        bin: 'recyclable',
        nameZh: '湿纸巾',
        ofCity: { ...rule, elsewhere: 'other' },
      })
      // What was said about the other bin is not said of this one.
      expect(wipe).not.toHaveProperty('noteZh')
      expect(itemsIn('recyclable', inCity).map(({ id }) => id)).toContain('wet-wipe')
      expect(itemsIn('other', inCity).map(({ id }) => id)).not.toContain('wet-wipe')
      expect(inCity.filter(({ id }) => id !== 'wet-wipe')).toEqual(
        binItems.filter(({ id }) => id !== 'wet-wipe'),
      )
      expect(withOverrides(binItems, undefined)).toBe(binItems)
      for (const city of CITY_IDS) expect(binItemsIn(city).length).toBe(binItems.length)
    })
  })

  describe('search', () => {
    const search = buildBinSearch(binItems)
    const first = (query: string) => search.find(query)[0]

    it.each([
      ['外卖餐盒', 'takeaway-box'],
      ['饭盒', 'takeaway-box'],
      ['奶茶杯', 'milk-tea-cup'],
      ['充电宝', 'power-bank'],
      ['移动电源', 'power-bank'],
      ['过期药', 'expired-medicine'],
      ['大棒骨', 'big-bone'],
      ['尿不湿', 'diaper'],
      ['海蛎子壳', 'seashell'],
      ['5号电池', 'dry-battery'],
      ['手机', 'mobile-phone'],
      ['玻璃是什么垃圾', 'glass'],
      ['纸巾扔哪', 'tissue'],
      ['nappy', 'diaper'],
      ['takeout container', 'takeaway-box'],
      ['batteries', 'battery'],
      ['Tetra Pak', 'milk-carton'],
      ['過期藥', 'expired-medicine'],
      ['燈管是什麼垃圾', 'fluorescent-tube'],
    ])('finds %s by the name that people use', (query, id) => {
      expect(first(query)?.item.id).toBe(id)
      expect(first(query)?.isNear).toBeUndefined()
    })

    it.each([
      ['chongdianbao', 'power-bank'],
      ['chong dian bao', 'power-bank'],
      ['chōngdiànbǎo', 'power-bank'],
      ['cdb', 'power-bank'],
      ['guoqiyao', 'expired-medicine'],
      ['niaobushi', 'diaper'],
      ['hailizike', 'seashell'],
      ['dianchi', 'battery'],
      ['naichabei', 'milk-tea-cup'],
    ])('finds %s as the name is read', (query, id) => {
      expect(first(query)?.item.id).toBe(id)
      expect(first(query)?.isNear).toBeUndefined()
    })

    it('an English word is no reading: nothing read comes before it or beside it', () => {
      for (const item of binItems) expect(first(item.nameEn)?.item.id, item.nameEn).toBe(item.id)
      expect(first('can')?.item.nameEn.toLowerCase()).toContain('can')
      expect(first('pan')?.item.nameEn.toLowerCase()).toContain('pan')
    })

    it.each([
      ['冲电宝', 'power-bank'],
      ['尿布湿', 'diaper'],
      ['椰子克', 'coconut-shell'],
      ['电迟', 'battery'],
      ['一次性快子', 'disposable-chopsticks'],
    ])('offers what was meant by the slip %s, and does not claim it', (query, id) => {
      expect(search.find(query).map((hit) => hit.item.id)).toContain(id)
      expect(search.find(query).every((hit) => hit.isNear)).toBe(true)
    })

    it('finds an English name with a wrong letter', () => {
      expect(search.find('battry').map((hit) => hit.item.id)).toContain('battery')
      expect(search.find('toothbrsh').map((hit) => hit.item.id)).toContain('toothbrush')
    })

    it('finds every item by each of its names', () => {
      const lost = binItems.flatMap((item) =>
        namesOf(item).filter((name) => first(name)?.item.id !== item.id),
      )
      expect(lost).toEqual([])
    })

    it('says by which other name it was found', () => {
      expect(first('移动电源')?.alias).toBe('移动电源')
      expect(first('充电宝')?.alias).toBeUndefined()
    })

    it('reads what is pasted as it shows', () => {
      for (const query of ['电\u200b池', '\u202a电池\u202c', '電池', '「電池」'])
        expect(search.find(query)[0]?.item.id, query).toBe('battery')
    })

    it('answers nothing to nothing, nonsense and what is no household item', () => {
      for (const query of ['', '  ', '？', 'xyzzyq', '𠮷𠮷𠮷', 'the', '的', 'Mars'])
        expect(search.find(query), query).toEqual([])
      expect(search.find('纸'.repeat(5000)).length).toBeLessThanOrEqual(12)
    })
  })
})

describe('subsidies', () => {
  const all = CITY_IDS.flatMap((city) =>
    WISHES.flatMap((wish) => {
      const facts = factsAsked(city, wish)
      const answers = facts.length
        ? facts.map((fact) => subsidyAnswer(city, wish, fact))
        : [subsidyAnswer(city, wish, null)]
      return answers.map((answer) => ({ city, wish, answer: answer as SubsidyAnswer }))
    }),
  )

  it('has an answer for every city, wish and fact, and none before the fact is known', () => {
    for (const { city, wish, answer } of all) {
      expect(answer, `${city} ${wish}`).not.toBeNull()
      expect(SAYINGS, `${city} ${wish}`).toContain(answer.saying)
      if (factsAsked(city, wish).length > 0) expect(subsidyAnswer(city, wish, null)).toBeNull()
    }
    expect(all.length).toBeGreaterThan(CITY_IDS.length * WISHES.length)
  })

  it('stands on measures of that city, and on none exactly where the plan says nothing', () => {
    for (const { city, wish, answer } of all) {
      expect(
        answer.measures.filter((id) => !measureIds.get(city)?.has(id)),
        `${city} ${wish}`,
      ).toEqual([])
      expect(answer.measures.length === 0, `${city} ${wish}`).toBe(answer.saying === 'none')
    }
  })

  it('names no sum, because no plan does', () => {
    const facts = CITY_IDS.flatMap((city) => strings(goldenCity(city).measures))
    expect(facts.filter((text) => /\d\s*(元|块钱)/.test(text))).toEqual([])
    const texts = [...all.flatMap(({ answer }) => [answer.textZh, answer.textEn]), ...strings(subsidyText)]
    expect(texts.filter((text) => /\d\s*(元|块|万|yuan|RMB|%)|[¥￥]/i.test(text))).toEqual([])
  })

  it('speaks of a subsidy only where the measure does', () => {
    const said = new Map(
      CITY_IDS.flatMap((city) =>
        goldenCity(city).measures.map((one) => [one.id, `${one.titleZh}${one.summaryZh}`] as const),
      ),
    )
    const words = { subsidy: /补贴|补助/, general: /补贴/, price: /优惠/, reward: /奖/ } as const
    for (const { city, wish, answer } of all)
      if (answer.saying in words)
        expect(said.get(answer.measures[0] ?? ''), `${city} ${wish}`).toMatch(
          words[answer.saying as keyof typeof words],
        )
  })

  it('asks only about facts that it has words for', () => {
    for (const wish of WISHES) {
      const { question, facts } = subsidyText['zh-CN']
      expect(question[wish] === '', wish).toBe(FACTS[wish].length === 0)
      for (const fact of FACTS[wish]) expect(facts[fact], fact).toBeTruthy()
    }
  })
})

describe('checklists', () => {
  const steps = CHECKLISTS.flatMap(checklistItems)

  it('have steps to do for a home, a school, a community and a shop, in both languages', () => {
    for (const list of CHECKLISTS) expect(checklistItems(list).length, list).toBeGreaterThanOrEqual(12)
    expect(new Set(steps.map((step) => step.id)).size).toBe(steps.length)
    for (const step of steps) {
      expect([step.titleZh, step.whyZh].every(hasHan), step.id).toBe(true)
      expect([step.titleEn, step.whyEn].some(hasHan), step.id).toBe(false)
    }
  })

  it('point to measures of the city, and to acts that a person can log by hand', () => {
    const byHand = SD_DEMO_V1.methodologies
      .filter((one) => one.trusts.includes('manual'))
      .map((one) => one.code)
    expect(steps.flatMap((step) => step.act ?? []).filter((act) => !byHand.includes(act))).toEqual([])
    for (const city of CITY_IDS) {
      const ids = [
        ...steps.flatMap((step) => measureFor(step, city) ?? []),
        ...CHECKLISTS.flatMap((list) => planWord(list, city)?.measure ?? []),
      ]
      expect(ids.length, city).toBeGreaterThan(20)
      expect(
        ids.filter((id) => !measureIds.get(city)?.has(id)),
        city,
      ).toEqual([])
    }
  })

  it('say that a city wants a green home, school, community or mall only where its measure names it', () => {
    const named = { home: '家庭', school: '学校', community: '社区', shop: '商场' } as const
    for (const city of CITY_IDS)
      for (const list of CHECKLISTS) {
        const word = planWord(list, city)
        if (!word?.textZh.includes('创建')) continue
        const measure = goldenCity(city).measures.find((one) => one.id === word.measure)
        expect(`${measure?.titleZh}${measure?.summaryZh}`, `${city} ${list}`).toContain(named[list])
      }
  })
})

it('no Chinese sentence of the guides is too long to be taken in at once', () => {
  const zh = [guidesText, binsText, subsidyText, checklistsText].flatMap((pack) => strings(pack['zh-CN']))
  const notes = binItems.filter(isSorted).flatMap((item) => item.noteZh ?? [])
  const steps = CHECKLISTS.flatMap(checklistItems).flatMap((step) => [step.titleZh, step.whyZh])
  expect(tooLong([...zh, ...notes, ...steps])).toEqual([])
  const answers = CITY_IDS.flatMap((city) =>
    WISHES.flatMap((wish) =>
      [null, ...FACTS[wish]].flatMap((fact) => subsidyAnswer(city, wish, fact)?.textZh ?? []),
    ),
  )
  expect(answers.length).toBeGreaterThan(50)
  expect(tooLong(answers)).toEqual([])
})
