import { mount } from '@vue/test-utils'
import { beforeEach, expect, test } from 'vitest'
import { loadCity } from '../../../src/content/registry.ts'
import { CITY_IDS } from '../../../src/domain/base/city.ts'
import { language } from '../../../src/text/language.ts'
import { citation } from '../../../src/views/city/plan/citation.ts'
import SourceNote from '../../../src/views/city/plan/SourceNote.vue'

beforeEach(() => {
  language.value = 'zh-CN'
})

test.each(CITY_IDS)(
  'a citation of %s names document, number, issuer, section, line and the way back',
  async (city) => {
    const { document: source, measures, indicators, systems = [] } = await loadCity(city)
    const named = [...indicators, ...systems].map((one) => ({ ...one, titleZh: one.nameZh }))
    for (const { id, section, line, titleZh } of [...measures, ...named]) {
      const link = `https://example.test/city/${city}/${id}`
      const words = citation({ source, section, line, about: titleZh, link })
      for (const part of [
        source.titleZh,
        source.number,
        source.issuer,
        section,
        `第 ${line} 行`,
        titleZh,
        link,
      ])
        if (part) expect(words).toContain(part)
      expect(words).not.toMatch(/null|undefined|，，|（）/)
    }
  },
)

test('in English the title stands as it is printed, and translated', async () => {
  language.value = 'en'
  const { document: source, measures } = await loadCity('weifang')
  const [first] = measures
  if (!first) throw new Error('no measure')
  const words = citation({
    source,
    section: first.section,
    about: first.titleEn,
    link: 'https://example.test',
  })
  expect(words).toContain(`${source.titleZh} [${source.titleEn}]`)
  expect(words).toContain(`Summarised by Greentrace as “${first.titleEn}”`)
})

test('the document’s public address is cited where it is known, and a pack without lines says none', async () => {
  const { document } = await loadCity('zibo')
  const url = 'https://example.test/plan.html'
  const cited = { section: '一', about: '示例', link: 'https://example.test' }
  expect(citation({ ...cited, source: { ...document, url } })).toContain(`，一，${url}。绿迹转述`)
  expect(citation({ ...cited, source: document })).not.toMatch(/行|undefined/)
})

test('the address is a link beside the document, and where there is none that is said', async () => {
  const { document: source, version } = await loadCity('zibo')
  const linked = mount(SourceNote, {
    props: { source: { ...source, url: 'https://example.test/a' }, version },
  })
  expect(linked.get('a').attributes()).toMatchObject({
    href: 'https://example.test/a',
    rel: 'noopener noreferrer',
  })
  expect(linked.text()).not.toContain('没有这份文件的网址')
  const bare = mount(SourceNote, { props: { source, version } })
  expect(bare.find('a').exists()).toBe(false)
  expect(bare.text()).toContain('没有这份文件的网址')
})
