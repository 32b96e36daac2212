/** Everybody can use every screen: axe finds nothing, a thumb hits every target, no word leaves a narrow screen or large letters. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PHONE } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { FIRST_SCREENS, GUEST_SCREENS, putOn, SCREENS, type Screen, settled } from './screens.ts'

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const TARGET = 44
const ELDER_TARGET = 60
const NARROW = { ...PHONE, width: 360 }

let server: Server
let person: Person
let page: Page

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  page = person.page
  await page.emulateMedia({ reducedMotion: 'reduce' })
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

async function visit(screen: Screen): Promise<void> {
  await person.goto(screen.path)
  await settled(page)
  if (!screen.go) return
  await screen.go(page)
  await settled(page)
}

async function axeFindings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .withTags(RULES)
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`,
    ),
  )
}

/** Links inside a sentence are as high as their line, which the rules allow; everything else is hit with a thumb. */
async function smallTargets(least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const modal = document.querySelector('dialog:modal')
    const candidates =
      'a[href], button, summary, select, label:has(input[type="radio"], input[type="checkbox"])'
    const isInText = (element: Element) =>
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node !== element && (node.textContent ?? '').trim() !== '',
      )
    return [...(modal ?? document).querySelectorAll(candidates)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.matches('.skip, .visually-hidden') && !isInText(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
      .map(({ element, box }) => {
        const name = (element.getAttribute('aria-label') ?? element.textContent ?? '')
          .replace(/\s+/g, ' ')
          .trim()
        return `${element.tagName.toLowerCase()}.${element.className} “${name.slice(0, 30)}” ${Math.round(box.width)}×${Math.round(box.height)}`
      })
  }, least)
}

/** What stands out of the window sideways, unless it is swiped, and what a box cuts off without saying so by an ellipsis. */
async function overflows(): Promise<string[]> {
  return page.evaluate(() => {
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class')} “${(element.textContent ?? '').trim().slice(0, 20)}”`
    const isSwiped = (element: Element): boolean => {
      for (let each: Element | null = element; each && each !== document.body; each = each.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) return true
      return false
    }
    const shown = [...document.querySelectorAll('body *')].filter((element) => {
      const { width } = element.getBoundingClientRect()
      // Words for screen readers stand in a box of one pixel.
      return width > 1 && element.checkVisibility() && !element.closest('.visually-hidden, .skip, svg *')
    })
    const wide = shown.filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 1 && !isSwiped(element),
    )
    const isBeyond = (edge: number, { right }: DOMRect) => right > edge + 1
    const cut = shown.filter((element) => {
      const style = getComputedStyle(element)
      if (!['hidden', 'clip'].includes(style.overflowX) || style.textOverflow === 'ellipsis') return false
      const edge = element.getBoundingClientRect().right
      const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      const range = document.createRange()
      return (
        shown.some(
          (inner) =>
            inner !== element && element.contains(inner) && isBeyond(edge, inner.getBoundingClientRect()),
        ) ||
        words.some((node) => {
          range.selectNodeContents(node)
          return isBeyond(edge, range.getBoundingClientRect())
        })
      )
    })
    const { scrollWidth } = document.documentElement
    return [
      ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide in ${innerWidth}`] : []),
      ...wide.map((element) => `stands out: ${named(element)}`),
      ...cut.map((element) => `is cut off: ${named(element)}`),
    ]
  })
}

async function overflowsAnywhere(letters: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const viewport of [PHONE, NARROW]) {
    await page.setViewportSize(viewport)
    for (const size of letters) {
      await page.evaluate((size) => {
        document.documentElement.style.fontSize = size
      }, size)
      found.push(...(await overflows()).map((each) => `at ${viewport.width}${size && `, ${size}`}: ${each}`))
    }
    await page.evaluate(() => {
      document.documentElement.style.fontSize = ''
    })
  }
  await page.setViewportSize(PHONE)
  return found
}

const findings = async ({
  target = TARGET,
  letters = [''],
}: {
  target?: number
  letters?: readonly string[]
} = {}) => ({
  axe: await axeFindings(),
  tooSmall: await smallTargets(target),
  tooWide: await overflowsAnywhere(letters),
})
const NOTHING = { axe: [], tooSmall: [], tooWide: [] }
const LARGE = { letters: ['', '200%'] }

describe('before anything is chosen', () => {
  it('a page with faults would not pass: the checks see each of them', async () => {
    await person.goto('/welcome')
    await settled(page)
    await page.locator('main').evaluate((main) => {
      const wide = document.createElement('p')
      wide.style.cssText = 'width: 150vw; color: #bbb'
      wide.textContent = 'pale and wide'
      const small = document.createElement('button')
      small.style.cssText = 'width: 30px; height: 30px; padding: 0; position: absolute'
      main.append(wide, small)
    })
    const { axe, tooSmall, tooWide } = await findings()
    expect(axe.map((each) => each.split(':')[0]).sort()).toEqual(['button-name', 'color-contrast'])
    expect(tooSmall.length).toBe(1)
    expect(tooWide.some((each) => each.includes('pale and wide'))).toBe(true)
  })

  it.each(FIRST_SCREENS)(
    '$name is for everybody, at 360 wide and in letters of 200 % too',
    async (screen) => {
      await visit(screen)
      expect(await findings(LARGE)).toEqual(NOTHING)
    },
  )
})

describe('as a guest', () => {
  beforeAll(() => person.choosesCity('潍坊'))

  it.each(GUEST_SCREENS)(
    '$name is for everybody, at 360 wide and in letters of 200 % too',
    async (screen) => {
      await visit(screen)
      expect(await findings(LARGE)).toEqual(NOTHING)
    },
  )

  it('the sheet that tells the result is for everybody', async () => {
    await person.logsTrip('骑行', '3.2')
    await settled(page)
    expect(await findings(LARGE)).toEqual(NOTHING)
  })
})

describe('with six weeks in the ledger', () => {
  beforeAll(async () => {
    await person.signsIn('13812345678')
    await liveSixWeeks(person)
    await person.buysVoucher()
    await person.untilSynced()
  })

  it.each(SCREENS)('$name is for everybody, at 360 wide and in letters of 200 % too', async (screen) => {
    await visit(screen)
    expect(await findings(LARGE)).toEqual(NOTHING)
  })

  describe.each([
    { look: 'dark', target: TARGET },
    { look: 'elder', target: ELDER_TARGET },
    { look: 'en', target: TARGET },
  ] as const)('in $look', ({ look, target }) => {
    beforeAll(() => putOn(page, look))

    it.each(SCREENS.filter(({ isMain }) => isMain))(
      '$name is for everybody, at 360 wide too',
      async (screen) => {
        await visit(screen)
        expect(await findings({ target })).toEqual(NOTHING)
      },
    )
  })
})

it('and no screen wrote an error into the console', () => {
  expect(person.errors).toEqual([])
})
