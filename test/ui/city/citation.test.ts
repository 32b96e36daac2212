import { beforeEach, expect, test } from 'vitest'
import { loadCity } from '../../../src/content/registry.ts'
import { CITY_IDS } from '../../../src/domain/base/city.ts'
import { language } from '../../../src/text/language.ts'
import { citation } from '../../../src/views/city/plan/citation.ts'

beforeEach(() => {
  language.value = 'zh-CN'
})

test.each(CITY_IDS)(
  'a citation of %s names document, number, issuer, section and the way back',
  async (city) => {
    const { document: source, measures } = await loadCity(city)
    for (const { id, section, titleZh } of measures) {
      const link = `https://example.test/city/${city}/measure/${id}`
      const words = citation({ source, section, about: titleZh, link })
      for (const part of [source.titleZh, source.number, source.issuer, section, titleZh, link])
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
