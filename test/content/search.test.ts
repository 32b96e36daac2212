/** People find what a city says, in either language, also with a slip of the finger. */
import { beforeAll, describe, expect, it } from 'vitest'
import { builtPieces } from '../../src/content/built-pieces.ts'
import { mark, startingNear } from '../../src/content/mark.ts'
import { loadAllCities } from '../../src/content/registry.ts'
import { type CitySearch, openSearch, type SearchHit } from '../../src/content/search.ts'
import { singular, tokenize, tokenizeQuery } from '../../src/content/tokens.ts'

let search: CitySearch
beforeAll(async () => {
  search = await openSearch(await loadAllCities(), { built: builtPieces, pause: async () => undefined })
})

const zh = (query: string) => search.find(query, { language: 'zh-CN' }).hits
const en = (query: string) => search.find(query, { language: 'en' }).hits
const ids = (hits: readonly SearchHit[]) => hits.map((hit) => hit.id)
const marked = (hit: SearchHit) => hit.title.ranges.map(([from, to]) => hit.title.text.slice(from, to))

describe('Chinese', () => {
  it('finds the public bicycle', () => {
    const hits = zh('公共自行车')
    expect(ids(hits)[0]).toBe('wf-m-bike-2021')
    expect(marked(hits[0]!)).toEqual(['公共自行车'])
  })

  it.each([
    '碳\u200b达峰',
    '\u202e碳达峰\u202c',
    '\ufeff碳达\u2060峰',
    'ｔａｎｄａｆｅｎｇ',
    'ＴａｎＤａＦｅｎｇ',
  ])('finds for %j, pasted or in full width, what it shows', (query) => {
    expect(ids(zh(query))).toEqual(ids(zh('碳达峰')))
  })

  it.each(['公共自形车', '公共自行車', '公工自行车'])('finds it with a wrong character: %s', (query) => {
    expect(ids(zh(query)).slice(0, 3)).toContain('wf-m-bike-2021')
  })

  it.each([
    ['⻘岛', '青岛'],
    ['居⺠', '居民'],
    ['⻛电', '风电'],
    ['新能源汽⻋', '新能源汽车'],
    ['⻩河', '黄河'],
    ['⽔泥', '水泥'],
  ])('finds for %s, as a PDF gives it, what it shows', (copied, shown) => {
    expect(ids(zh(copied))).toEqual(ids(zh(shown)))
    expect(zh(copied).length).toBeGreaterThan(0)
  })

  it('finds a measure by what people call the act that serves it', () => {
    expect(ids(zh('单车'))).toContain('wf-m-bike-more') // the plan itself says 慢行
    expect(ids(zh('种树'))).toContain('qd-m-tree')
    expect(ids(en('garbage'))).toContain('wf-m-waste-sorting')
  })

  it('finds one character in the middle or at the end of a word', () => {
    expect(ids(zh('桩'))).toContain('zb-m-charging')
  })

  it('finds indicators, events and districts too', () => {
    expect(zh('森林覆盖率').map((hit) => hit.kind)).toContain('indicator')
    expect(zh('低碳日').map((hit) => hit.kind)).toContain('event')
    expect(zh('崂山区').map((hit) => hit.kind)).toContain('district')
  })

  it('finds a system that the plan wants built, by its name, by how it is read, and by what it is in English', () => {
    expect(zh('碳普惠系统平台')[0]).toMatchObject({ id: 'bz-s-carbon-inclusion', kind: 'system' })
    expect(ids(zh('tanjilizhichengxitong'))).toContain('wf-s-incentive')
    expect(ids(en('disaster information platform')).slice(0, 3)).toContain('qd-s-disaster')
    expect(ids(zh('小微企业'))).toContain('qd-s-carbon-inclusion')
  })

  it('finds by the body that answers for it', () => {
    expect(zh('国网滨州供电公司')[0]).toMatchObject({ city: 'binzhou', kind: 'measure' })
  })
})

describe('English', () => {
  it('takes initials with points for those without', () => {
    expect(ids(en('E.V. charging'))).toEqual(ids(en('EV charging')))
  })

  it('finds waste sorting, also with a slip', () => {
    const want = ['jn-m-sorting', 'zb-m-sorting', 'bz-m-sorting', 'wf-m-waste-sorting', 'qd-m-waste-sorting']
    expect(
      ids(en('waste sorting'))
        .slice(0, 8)
        .filter((id) => want.includes(id)).length,
    ).toBeGreaterThanOrEqual(3)
    expect(
      ids(en('wast sortng'))
        .slice(0, 10)
        .filter((id) => want.includes(id)).length,
    ).toBeGreaterThanOrEqual(2)
  })

  it.each(['waste-sorting', 'Waste\u2010Sorting', '“waste-sorting”', 'ｗａｓｔｅ－ｓｏｒｔｉｎｇ'])(
    'finds for %s what is found for the two words',
    (query) => {
      expect(ids(en(query))).toEqual(ids(en('waste sorting')))
    },
  )

  it('finds while typing', () => {
    expect(ids(en('bicyc'))).toContain('wf-m-bike-2021')
  })
})

it('puts the chosen city first among equals', () => {
  for (const city of ['jinan', 'qingdao', 'zibo', 'binzhou'] as const)
    expect(search.find('绿色出行', { language: 'zh-CN', preferCity: city }).hits[0]?.city).toBeDefined()
  expect(search.find('垃圾分类', { language: 'zh-CN', preferCity: 'binzhou' }).hits[0]?.id).toBe(
    'bz-m-sorting',
  )
  expect(search.find('垃圾分类', { language: 'zh-CN', preferCity: 'zibo' }).hits[0]?.id).toBe('zb-m-sorting')
})

it('answers nothing to nothing, and keeps to the limit', () => {
  expect(zh('  ')).toEqual([])
  expect(zh('，。！')).toEqual([])
  expect(en('qqqqzzzz')).toEqual([])
  const first = search.find('碳', { language: 'zh-CN', limit: 5 })
  expect(first.hits).toHaveLength(5)
  expect(first.total).toBe(zh('碳').length)
  expect(zh('碳'.repeat(5000)).length).toBe(zh('碳'.repeat(80)).length)
})

describe('traditional characters', () => {
  it.each([
    ['绿色出行', '綠色出行'],
    ['光伏发电', '光伏發電'],
    ['滨州', '濱州'],
    ['新能源汽车', '新能源汽車'],
    ['湿地', '濕地'],
    ['海绵城市', '海綿城市'],
    ['过期药', '過期藥'],
    ['灯管', '燈管'],
    ['节水', '節水'],
    ['干电池', '乾電池'],
    ['饼干', '餅乾'],
    ['济南', '済南'],
    ['青岛', '靑島'],
    ['气候', '気候'],
    ['厨余', '厨馀'],
    ['污水', '汚水'],
    ['回收', '囘収'],
  ])('%s is found as %s too', (simplified, traditional) => {
    expect(ids(zh(simplified)).length).toBeGreaterThan(0)
    expect(ids(zh(traditional))).toEqual(ids(zh(simplified)))
  })

  it('are marked where the simplified ones stand', () => {
    expect(marked(zh('公共自行車')[0]!)).toEqual(['公共自行车'])
  })

  it('are those of Taiwan and Hong Kong as well, and a few of their words', () => {
    expect(ids(zh('臺站'))).toEqual(ids(zh('台站')))
    expect(ids(zh('群眾'))).toEqual(ids(zh('群众')))
    expect(ids(zh('行動電源'))[0]).toBe('bin-power-bank')
    expect(ids(zh('塑膠袋'))[0]).toBe('bin-plastic-bag')
  })
})

describe('pinyin', () => {
  it.each(['lajifenlei', 'la ji fen lei', 'lājī fēnlèi', 'la1ji1 fen1lei4', 'LAJI-FENLEI', 'ljfl'])(
    'finds what is read %s',
    (query) => {
      expect(ids(en(query)).slice(0, 8)).toEqual(
        expect.arrayContaining(['wf-m-waste-sorting', 'zb-m-sorting']),
      )
    },
  )

  it('finds a thing of the guides by its very name first, while it is typed, and by its initials', () => {
    for (const query of ['guoqiyao', 'guo qi yao', 'guòqīyào', 'gqy'])
      expect(ids(zh(query))[0]).toBe('bin-expired-medicine')
    expect(ids(zh('guoqiya'))).toContain('bin-expired-medicine')
  })

  it('takes the commoner of two words that sound alike', () => {
    const [low] = zh('低碳')
    expect(zh('ditan')[0]?.id).toBe(low?.id)
    expect(ids(zh('ditan'))).toContain('bin-carpet')
  })

  it('knows ü as it is typed, and characters that are read in two ways', () => {
    for (const query of ['lüse', 'lvse', 'luse', 'lǜsè', 'lu:se'])
      expect(ids(en(query))).toEqual(ids(en('lvse')))
    expect(ids(en('lvse')).length).toBeGreaterThan(20)
    expect(ids(en('yinhang'))).toEqual(expect.arrayContaining(ids(zh('银行')).slice(0, 1)))
    expect(ids(en('zixingche'))).toContain('wf-m-bike-2021')
  })

  it('leaves English words to English', () => {
    for (const query of ['bus', 'tree', 'can', 'bin']) {
      const [first] = en(query)
      expect(first?.title.ranges.length || first?.excerpt.ranges.length, query).toBeGreaterThan(0)
    }
  })
})

describe('the number of a five-year plan', () => {
  it('is the same in Chinese, in English, in words, in figures and by its sound', () => {
    const want = ids(zh('十四五'))
    expect(want).toEqual(expect.arrayContaining(['document-weifang', 'document-qingdao']))
    for (const query of [
      '“十四五”',
      '十四·五',
      '14th five-year',
      '14th Five-Year Plan',
      'fourteenth five year plan',
      '14th FYP',
      '14 five-year plan',
      '14th 5-year plan',
      '14thfiveyear',
      '第十四个五年规划',
      '第14个五年',
      'shi si wu',
      'shisiwu',
      'shísìwǔ',
    ])
      expect(ids(en(query)).sort(), query).toEqual([...want].sort())
    expect(ids(en('13th five-year')).sort()).toEqual(ids(zh('十三五')).sort())
  })
})

describe('numbers', () => {
  it('are found whole, however their thousands are set and however wide their digits', () => {
    const want = ids(zh('80000'))
    expect(want).toContain('jn-i-chargers')
    for (const query of ['80,000', '80，000', '８００００', '80\u202f000', '80 000'])
      expect(ids(zh(query)), query).toEqual(want)
    expect(ids(zh('8000'))).not.toContain('jn-i-chargers')
    expect(zh('70,001')).toEqual([])
  })

  it('are what a question with one is about: nothing without it is near', () => {
    expect(ids(zh('80,000 km'))).toContain('jn-i-chargers')
    expect(zh('70,001 km')).toEqual([])
  })

  it('with a unit are found with it', () => {
    expect(tokenizeQuery('1.5℃')).toEqual(['1.5', '°c'])
    expect(tokenizeQuery('1.5 °C')).toEqual(['1.5', '°c'])
    for (const query of ['26℃', '26 °C', '２６℃']) expect(ids(zh(query))).toContain('checklist-home-ac')
    expect(tokenizeQuery('2020, 2025, 2030')).toEqual(['2020', '2025', '2030'])
  })

  it('of an indicator or a figure are found, and shown', () => {
    const [solar] = search.find('光伏装机', { language: 'zh-CN', preferCity: 'weifang' }).hits
    expect(solar).toMatchObject({
      kind: 'indicator',
      excerpt: { text: expect.stringContaining('2025：1000 万千瓦') },
    })
    expect(zh('1200 辆')[0]).toMatchObject({ id: 'wf-i-fcv', kind: 'indicator' })
  })
})

describe('whole words in English', () => {
  it('go before words that only begin so', () => {
    const about = /electric|[Nn]ew-energy|charging|EV/
    const first = (query: string) => {
      const [hit] = en(query)
      return `${hit?.title.text} ${hit?.excerpt.text} ${hit?.other?.text ?? ''}`
    }
    expect(first('EV')).toMatch(about)
    expect(first('EVs')).toMatch(about)
    // Also where the plan says it in full.
    expect(ids(en('EV'))).toEqual(expect.arrayContaining(['jn-m-vehicles', 'wf-m-nev', 'zb-i-piles']))
    expect(first('ev charging')).toMatch(/[Cc]harging/)
    expect(first('bus')).toMatch(/\bbus(es)?\b/i)
    expect(first('bins')).toMatch(/\bbins?\b/i)
    expect(first('gas')).toMatch(/\bgas\b/i)
    expect(en('EV').map((hit) => hit.title.text)).not.toContain('Yearly evaluation')
  })

  it('in both numbers are one word', () => {
    for (const [one, many] of [
      ['battery', 'batteries'],
      ['bus', 'buses'],
      ['district', 'districts'],
      ['glass', 'glasses'],
    ] as const)
      expect(singular(many)).toBe(singular(one))
    expect(['bus', 'gas', 'this', 'class'].map(singular)).toEqual(['bus', 'gas', 'this', 'class'])
  })
})

describe('what nobody would want found', () => {
  it('is not found by little words alone, and not kept out by them', () => {
    for (const query of ['the', 'of', 'IT', 'to a', 'Ｔｈｅ', '的', '的 了'])
      expect(ids(en(query)), query).toEqual([])
    expect(ids(en('the bicycle network'))[0]).toBe('wf-m-bike-2021')
    expect(ids(en('forest of Weifang'))).toEqual(ids(en('forest Weifang')))
  })

  it('is not found by one letter, nor by what a plural begins', () => {
    expect(en('R')).toEqual([])
    expect(en('Mars')).toEqual([])
    expect(ids(en('bins'))).toEqual(ids(en('bin')))
  })

  it('is not what looks alike, where the word itself is there', () => {
    expect(ids(en('carpet'))).toEqual(['bin-carpet'])
    expect(ids(en('carpit'))).toContain('bin-carpet')
  })

  it('is not the tenth of a thousandth: 50万 is no fifty', () => {
    expect(tokenizeQuery('1.5万辆')).toContain('15000')
    expect(tokenizeQuery('3 万亿元')).toEqual(['3000000000000'])
    expect(ids(zh('1万'))).toEqual(ids(zh('10,000')))
    expect(ids(zh('50万'))).toEqual(ids(zh('500,000')))
    expect(ids(zh('50万'))).not.toContain(ids(zh('50%'))[0])
    expect(zh('1234万')).toEqual([])
    expect(ids(zh('1000万千瓦'))).toContain('wf-i-solar')
  })
})

it('a new-energy vehicle goes by its other short names', () => {
  for (const query of ['NEV', 'NEVs', 'e-v']) expect(ids(en(query)), query).toEqual(ids(en('EV')))
})

describe('the guides', () => {
  it.each([
    ['充电宝', 'bin-power-bank'],
    ['充電寶', 'bin-power-bank'],
    ['chong dian bao', 'bin-power-bank'],
    ['cdb', 'bin-power-bank'],
    ['power bank', 'bin-power-bank'],
    ['powerbank', 'bin-power-bank'],
    ['充电宝是什么垃圾', 'bin-power-bank'],
    ['奶茶杯', 'bin-milk-tea-cup'],
    ['diapers', 'bin-diaper'],
    ['电池', 'bin-battery'],
    ['购车补贴', 'subsidy-zibo-car'],
    ['heating subsidy', 'subsidy-zibo-heating'],
    ['睡前、出门前，关掉插线板', 'checklist-home-standby'],
  ])('lead from %s to %s first', (query, id) => {
    expect(search.find(query, { language: 'zh-CN', preferCity: 'zibo' }).hits[0]?.id).toBe(id)
  })

  it('say which bin, and leave the plans first where no thing was named', () => {
    expect(zh('充电宝')[0]).toMatchObject({ kind: 'bin', bin: 'hazardous' })
    for (const query of ['公交', '垃圾分类', '光伏', '补贴'])
      expect(zh(query)[0]?.kind, query).toBe('measure')
  })

  it('hold in every city, and are counted so', () => {
    const { hits, counts } = search.find('充电宝', { language: 'zh-CN', filter: { city: 'binzhou' } })
    expect(hits[0]?.id).toBe('bin-power-bank')
    expect(counts.city.get('qingdao')).toBeGreaterThan(0)
  })
})

describe('in the language that the app is not set to', () => {
  it('finds by the other language and shows the words that matched', () => {
    const [first] = zh('bicycle network')
    expect(first).toMatchObject({ id: 'wf-m-bike-2021', other: { text: 'Public bicycle network expansion' } })
    const [chinese] = en('公共自行车')
    expect(chinese).toMatchObject({ id: 'wf-m-bike-2021', title: { ranges: [] } })
    expect(chinese?.other?.text).toContain('公共自行车')
  })

  it('shows one language alone where that says it', () => {
    expect(zh('公共自行车')[0]?.other).toBeUndefined()
  })
})

describe('filters', () => {
  const asked = { language: 'zh-CN' } as const
  const found = (filter: object) => search.find('公交', { ...asked, filter })

  it('leave what they name, and nothing else', () => {
    for (const hit of found({ city: 'qingdao', domain: 'transport' }).hits)
      expect([hit.city, hit.domain]).toEqual(['qingdao', 'transport'])
    const citizens = found({ audience: 'citizen' })
    expect(citizens.total).toBeGreaterThan(0)
    expect(citizens.hits.map((hit) => hit.kind)).not.toContain('indicator')
    expect(found({ year: 2013 }).total).toBe(0)
  })

  it('find a year in the figures of a measure and in the targets of an indicator', () => {
    const kinds = search.find('公共自行车', { ...asked, filter: { year: 2021 } }).hits.map((hit) => hit.id)
    expect(kinds).toContain('wf-m-bike-2021')
    const forests = search.find('森林覆盖率', { ...asked, filter: { year: 2025 } }).hits
    expect(forests.map((hit) => hit.kind)).toContain('indicator')
  })

  it('say beforehand how many each choice leaves, with the other filters as they are', () => {
    for (const filter of [{}, { city: 'jinan' }, { city: 'weifang', domain: 'transport' }, { year: 2025 }]) {
      const { counts } = found(filter)
      for (const name of ['city', 'domain', 'audience', 'year'] as const)
        for (const [value, count] of counts[name])
          expect([name, value, found({ ...filter, [name]: value }).total]).toEqual([name, value, count])
    }
  })
})

it('begins an excerpt near its first match, with the marks where they belong', () => {
  const text = `${'甲'.repeat(30)}，${'乙'.repeat(20)}，公共自行车更多`
  const { text: shown, ranges } = startingNear(mark(text, ['自行']))
  expect(shown).toBe('…公共自行车更多')
  expect(ranges.map(([from, to]) => shown.slice(from, to))).toEqual(['自行'])
  expect(startingNear(mark('公共自行车', ['自行'])).text).toBe('公共自行车')
  const endless = startingNear(mark(`${'x'.repeat(200)} bus`, ['bus']))
  expect(endless.text.slice(...(endless.ranges[0] as [number, number]))).toBe('bus')
})

it('marks whole stretches, and Latin terms from the start of a word', () => {
  expect(mark('公共自行车大扩容', ['公共', '共自', '自行', '行车']).ranges).toEqual([[0, 5]])
  expect(mark('At each level, EVs', ['ev']).ranges).toEqual([[15, 17]])
})

it('looks for a lone character only when nothing else was typed', () => {
  expect(tokenizeQuery('公共')).toEqual(['公共'])
  expect(tokenizeQuery('桩')).toEqual(['桩'])
  expect(tokenizeQuery('CO2 5g 5')).toEqual(['co2', '5g', '5'])
})

it('cuts Chinese into words and pairs, English into lower-cased words', () => {
  expect(tokenize('自行车')).toEqual(expect.arrayContaining(['自行', '行车', '车']))
  expect(tokenize('Near-zero CO₂')).toEqual(['near-zero', 'near', 'zero', 'co2'])
})
