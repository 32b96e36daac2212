/** What an offer looks like: its picture with its words and its place kept, or the drawing of its category. */
import { mount } from '@vue/test-utils'
import { beforeEach, expect, it } from 'vitest'
import OfferPicture from '../../../src/components/offer/OfferPicture.vue'
import { OFFER_CATEGORIES } from '../../../src/domain/offers/offer.ts'
import { language } from '../../../src/text/language.ts'

const picture = {
  ...{ digest: 'a'.repeat(64), type: 'image/webp' as const, width: 800, height: 600 },
  ...{ altZh: '一块饼', altEn: 'A cake' },
}
const look = (given: object = {}) =>
  mount(OfferPicture, { props: { category: 'food', picture, shape: 'wide', ...given } as never })

beforeEach(() => {
  language.value = 'zh-CN'
})

it('is the desk’s picture with its size, so that nothing moves when it comes, and its words in the language', async () => {
  const page = look()
  const attributes = (name: string) => page.get('img').attributes(name)
  expect(attributes('src')).toBe(`/api/v1/pictures/${picture.digest}`)
  expect([attributes('width'), attributes('height'), attributes('alt')]).toEqual(['800', '600', '一块饼'])
  language.value = 'en'
  await page.vm.$nextTick()
  expect(page.get('img').attributes('alt')).toBe('A cake')
})

it('is the drawing of its category without one, each its own', () => {
  const drawings = OFFER_CATEGORIES.map((category) =>
    look({ category, picture: undefined }).get('svg').html(),
  )
  expect(new Set(drawings).size).toBe(OFFER_CATEGORIES.length)
})

it('that does not load makes way for the drawing in the same place, until there is another', async () => {
  const page = look()
  const place = page.attributes('style')
  await page.get('img').trigger('error')
  expect(page.find('img').exists()).toBe(false)
  expect([page.find('svg').exists(), page.attributes('style')]).toEqual([true, place])
  await page.setProps({ picture: { ...picture, digest: 'b'.repeat(64) } })
  expect(page.get('img').attributes('src')).toContain('b'.repeat(64))
})
