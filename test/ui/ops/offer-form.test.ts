/** The desk's form of an offer beyond its price: draw, limits, restocking, picture; each wrong field by itself, nothing lost, and what people would see. */
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { addDays, dayOf, startOfDay } from '../../../src/domain/base/time.ts'
import type { Offer } from '../../../src/domain/offers/offer.ts'
import { createDesk, deskKey } from '../../../src/ops/desk.ts'
import OfferPanel from '../../../src/ops/pages/offers/OfferPanel.vue'
import {
  emptyOfferForm,
  type OfferForm,
  offerFormOf,
  readOfferForm,
} from '../../../src/ops/pages/offers/offer-form.ts'
import { previewFacts, previewOf, previewStock } from '../../../src/ops/pages/offers/offer-preview.ts'
import { drawSpending, outlookInForm, restockWeek } from '../../../src/ops/pages/offers/outlook-form.ts'
import { shrinkPicture } from '../../../src/ops/pages/offers/shrink-picture.ts'
import { pictureIn } from '../../../src/ops/pages/proposals/picture-in.ts'
import { language } from '../../../src/text/language.ts'

const TODAY = dayOf(Date.now())
const PICTURE = { digest: 'a'.repeat(64), type: 'image/webp', width: 320, height: 240 } as const
const form = (given: Partial<OfferForm> = {}): OfferForm => ({
  ...emptyOfferForm(TODAY),
  ...{ id: 'cake', titleZh: '饼', titleEn: 'Cake', termsZh: '到店出示', termsEn: 'Show it' },
  ...{ merchantId: 'sample-cafe', cities: ['jinan'], pricePoints: 50, valueYuan: 0.5, perPersonMax: 2 },
  ...{ lastDay: addDays(TODAY, 30), pieces: 20, budgetYuan: 10 },
  ...given,
})
const drawn = (given: Partial<OfferForm> = {}) => form({ release: 'draw', drawPieces: 3, ...given })
const pictured = (given: Partial<OfferForm> = {}) =>
  form({ picture: PICTURE, altZh: '饼', altEn: 'A cake', ...given })

describe('an offer', () => {
  it('is sent with what was chosen, in fen and instants', () => {
    const read = readOfferForm({
      ...drawn({ weekYuan: 1, yearYuan: 20.5, restockDay: addDays(TODAY, 3) }),
      ...{ picture: PICTURE, altZh: ' 饼 ', altEn: 'A cake' },
    })
    expect('draft' in read && read.draft.options).toEqual({
      draw: {
        opensAt: startOfDay(addDays(TODAY, 1)) + 8 * 3_600_000,
        closesAt: startOfDay(addDays(TODAY, 8)) + 20 * 3_600_000,
        pieces: 3,
      },
      ...{ perWeekFen: 100, perYearFen: 2050, restocksAt: startOfDay(addDays(TODAY, 3)) },
      picture: { digest: PICTURE.digest, altZh: '饼', altEn: 'A cake' },
    })
  })

  it.each<[string, OfferForm, string]>([
    ['no pieces yet', form({ pieces: null }), 'open'],
    ['no budget yet', form({ budgetYuan: null }), 'open'],
    ['no last day yet', form({ lastDay: '' }), 'open'],
    ['a last day that is over', form({ lastDay: addDays(TODAY, -1) }), 'ended'],
    ['a budget of less than a piece', form({ budgetYuan: 0.4 }), 'budget_spent'],
  ])('with %s is shown as what that means', (_what, given, state) => {
    const row = { offer: previewOf(given, undefined), stock: previewStock(given, undefined) }
    expect(previewFacts(row, { left: {}, now: Date.now(), pointsPerGram: 1 }).state).toBe(state)
  })

  it('that is given to whoever comes has no draw, whatever stands in the fields of one', () => {
    const read = readOfferForm(drawn({ release: 'open', drawCloses: 'whenever' }))
    expect('draft' in read && read.draft.options).toEqual({})
  })

  it.each<[string, OfferForm, keyof OfferForm]>([
    ['a draw without a beginning', drawn({ drawOpens: '' }), 'drawOpens'],
    ['a draw on a day that does not exist', drawn({ drawOpens: '2026-02-30T10:00' }), 'drawOpens'],
    ['a draw that closes before it opens', drawn({ drawCloses: `${TODAY}T08:00` }), 'drawCloses'],
    ['a draw after the last day', drawn({ lastDay: addDays(TODAY, 5) }), 'drawCloses'],
    ['a draw of nothing said', drawn({ drawPieces: null }), 'drawPieces'],
    ['a draw of more than there is', drawn({ drawPieces: 21 }), 'drawPieces'],
    ['a draw of a donation', drawn({ category: 'donation' }), 'release'],
    ['a negative limit', form({ weekYuan: -1 }), 'weekYuan'],
    ['a week in which no piece fits', form({ weekYuan: 0.49 }), 'weekYuan'],
    ['a year in which no piece fits', form({ yearYuan: 0.1 }), 'yearYuan'],
    ['a year of less than a week', form({ weekYuan: 5, yearYuan: 4 }), 'yearYuan'],
    ['restocking after the last day', form({ restockDay: addDays(TODAY, 31) }), 'restockDay'],
    ['restocking on no day', form({ restockDay: '2026-02-30' }), 'restockDay'],
    ['a picture without words', pictured({ altZh: '' }), 'altZh'],
    ['a picture with words of a line break', pictured({ altEn: 'a\nb' }), 'altEn'],
  ])('with %s is wrong at that field alone', (_what, given, wrong) => {
    const read = readOfferForm(given)
    expect('faults' in read && [...read.faults]).toEqual([wrong])
  })

  it('with everything goes back into the form as it came out of it', () => {
    const filled = {
      ...drawn({ weekYuan: 1, yearYuan: 20, restockDay: addDays(TODAY, 3) }),
      picture: PICTURE,
      altZh: '饼',
      altEn: 'A cake',
    }
    const offer: Offer = { ...previewOf(filled, undefined), version: 3 }
    const back = offerFormOf(offer, TODAY)
    const { pieces: _, budgetYuan: __, ...same } = { ...filled, base: 3 }
    expect(back).toMatchObject(same)
  })
})

describe('the outlook', () => {
  const asked = { people: 10, grams: [150], sharePerMille: 1000, pointsPerKg: 1000, weekCapPoints: 20_000 }

  it('counts what one person may have', () => {
    const outlook = (given: Partial<OfferForm>) =>
      outlookInForm(form({ perPersonMax: 9, ...given }), undefined, asked)
    expect(outlook({})).toMatchObject({ pieces: 20, p50: 1 })
    expect(outlook({ weekYuan: 0.5 })).toMatchObject({ p50: 2 })
    expect(outlook({ yearYuan: 0.5 })).toMatchObject({ p50: 53 })
    expect(outlook({ perPersonMax: 1 })).toMatchObject({ p50: null })
  })

  it('of a draw is what goes at its close', () => {
    expect(drawSpending(drawn(), undefined)).toEqual({ pieces: 3, fen: 150 })
    expect(drawSpending(drawn({ drawPieces: 9 }), { pieces: 5, budgetFen: 120 })).toEqual({
      pieces: 2,
      fen: 100,
    })
    expect(drawSpending(drawn({ drawPieces: null }), undefined)).toBeUndefined()
  })

  it('says in which week more comes', () => {
    const now = startOfDay(TODAY)
    expect(restockWeek(startOfDay(addDays(TODAY, 8)), now)).toBe(2)
    expect(restockWeek(now, now)).toBeUndefined()
  })
})

describe('the page', () => {
  let page: ReturnType<typeof mount> | undefined
  let sent: { path: string; body: unknown }[]
  let answer: (path: string) => Response
  beforeEach(() => {
    language.value = 'zh-CN'
    sessionStorage.clear()
    sent = []
    answer = () => new Response('{}')
  })
  afterEach(() => {
    page?.unmount()
    vi.unstubAllGlobals()
  })

  function open(): void {
    const desk = createDesk({
      newId: () => 'an id',
      reach: async (path, init) => {
        if (init.method === 'GET')
          return new Response(path.endsWith('/weeks') ? '{"weeks":[]}' : '{"versions":[]}')
        sent.push({ path, body: init.body })
        return answer(path)
      },
    })
    page = mount(OfferPanel, { attachTo: document.body, global: { provide: { [deskKey as symbol]: desk } } })
  }
  const label = (text: string) => page?.findAll('label').find((each) => each.text() === text)
  const field = (text: string) => {
    const found = label(text)
    if (!found || !page) throw new Error(`no field ${text}`)
    return page.get<HTMLInputElement>(`[id="${found.attributes('for')}"]`)
  }
  const preview = () => page?.get('[aria-labelledby="preview-title"]').text() ?? ''

  it('shows what people would see while it is typed, draw and limits too', async () => {
    open()
    await field('名称（中文）').setValue('杂粮饼')
    await field('积分价').setValue('50')
    await field('付给商户（元/份）').setValue('0.5')
    await field('每人每周最多（元）').setValue('5')
    expect(preview()).toContain('杂粮饼')
    expect(preview()).toContain('每人每周限')
    await field('怎么发').setValue('draw')
    await field('抽几份').setValue('3')
    expect(preview()).toContain('报名截止')
    expect(preview()).toContain('3 份')
    expect(page?.find('[aria-labelledby="preview-title"] a').exists()).toBe(false)
  })

  it('keeps the fields of a draw while it is given another way, and through a reload', async () => {
    open()
    await field('怎么发').setValue('draw')
    await field('抽几份').setValue('7')
    await field('怎么发').setValue('open')
    page?.unmount()
    open()
    expect(label('抽几份')).toBeUndefined()
    await field('怎么发').setValue('draw')
    expect(field('抽几份').element.value).toBe('7')
  })

  it.each([
    ['options.draw.closesAt: expected later than now', '报名截止', '晚于现在'],
    ['options.draw.pieces: expected 2 at most, and money for each', '抽几份', '不多于还剩的份数'],
    ['options.draw: expected the one before to have closed', '怎么发', '有人报了名就不能改'],
    ['options.restocksAt: expected later than now, or nothing', '哪天补货', '明天或以后'],
  ])('says at its field what only the backend knows: %s', async (detail, name, words) => {
    const draft = drawn({ restockDay: addDays(TODAY, 3) })
    sessionStorage.setItem('gt-desk-draft offer', JSON.stringify(draft))
    answer = () =>
      new Response(JSON.stringify({ type: 'x', title: 'x', status: 400, code: 'malformed', detail }), {
        status: 400,
      })
    open()
    await page?.get('form').trigger('submit')
    await flushPromises()
    expect(sent).toHaveLength(1)
    const { element } = field(name)
    expect(element.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      words,
    )
    expect(field('名称（中文）').element.value).toBe('饼')
  })

  describe('with a picture', () => {
    /** A browser that draws: happy-dom has no canvas. */
    function drawing({ width = 1600, height = 1200 } = {}): void {
      vi.stubGlobal('createImageBitmap', async (file: Blob) => {
        if (file.type === 'text/plain') throw new DOMException('no picture')
        return { width, height, close: () => undefined }
      })
    }
    const choose = async (file: File) => {
      const input = field('图片')
      Object.defineProperty(input.element, 'files', { value: [file], configurable: true })
      await input.trigger('change')
      await flushPromises()
    }

    it.each([
      ['no picture', new File(['words'], 'a.txt', { type: 'text/plain' }), {}, '读不出图片'],
      [
        'an upright one',
        new File(['x'], 'a.jpg', { type: 'image/jpeg' }),
        { width: 600, height: 800 },
        '横的或方的',
      ],
      ['a tiny one', new File(['x'], 'a.jpg', { type: 'image/jpeg' }), { width: 100, height: 100 }, '太小了'],
    ])('says what is wrong with %s, and sends nothing', async (_what, file, size, words) => {
      drawing(size)
      open()
      await choose(file)
      const { element } = field('图片')
      expect(document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
        words,
      )
      expect(sent).toEqual([])
    })

    it('too large to open says so before it is opened', async () => {
      expect(await shrinkPicture({ size: 41 * 1024 * 1024 } as Blob)).toBe('large')
    })

    it('that was brought stays through a reload, is shown, and goes with one press', async () => {
      sessionStorage.setItem('gt-desk-draft offer', JSON.stringify(pictured()))
      open()
      expect(page?.find(`img[src="/api/v1/ops/pictures/${PICTURE.digest}"]`).exists()).toBe(true)
      await page
        ?.findAll('button')
        .find((each) => each.text() === '不用这张图')
        ?.trigger('click')
      expect(page?.find('img').exists()).toBe(false)
    })
  })
})

it('an approver sees the picture that is proposed, and none of another act', () => {
  const read = readOfferForm(pictured())
  const payload = JSON.stringify('draft' in read ? read.draft : {})
  expect(pictureIn({ act: 'offer.publish', payload })).toMatchObject({
    digest: PICTURE.digest,
    altEn: 'A cake',
  })
  expect(pictureIn({ act: 'offer.raise', payload })).toBeUndefined()
})
