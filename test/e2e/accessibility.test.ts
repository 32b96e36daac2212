/** Everybody can use every screen: axe and an HTML validator find nothing, a thumb hits every target, no word leaves a narrow screen or large letters. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PHONE } from '../support/browser.ts'
import { type Server, startServer } from '../support/server.ts'
import { axeFindings } from './axe.ts'
import { layoutFaults, smallTargets } from './layout.ts'
import { liveSixWeeks } from './lived-in.ts'
import { markupFaults } from './markup.ts'
import { Person } from './person.ts'
import { FIRST_SCREENS, GUEST_SCREENS, putOn, SCREENS, type Screen, settled } from './screens.ts'

const TARGET = 44
const ELDER_TARGET = 60
/** The narrowest phone, the usual one, a laptop; all others by `npm run shots -- --measure`. */
const SIZES = [{ ...PHONE, width: 320 }, PHONE, { width: 1280, height: 800 }]

let server: Server
let person: Person
let page: Page

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url, { serviceWorkers: 'block' })
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

const findings = async ({
  target = TARGET,
  letters = [''],
  isRestyled = false,
}: {
  target?: number
  letters?: readonly string[]
  /** Seen before in another look: its markup is the same. */
  isRestyled?: boolean
} = {}) => ({
  axe: await axeFindings(page),
  markup: isRestyled ? [] : await markupFaults(page),
  tooSmall: await smallTargets(page, target),
  faults: await layoutFaults(page, SIZES, letters),
})
const NOTHING = { axe: [], markup: [], tooSmall: [], faults: [] }
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
      const [words, upon, cover] = [
        document.createElement('p'),
        document.createElement('p'),
        document.createElement('div'),
      ]
      words.textContent = '一句话。 又一句话。'
      upon.textContent = 'upon words'
      upon.style.cssText = 'position: absolute; margin-top: -1.6em'
      cover.style.cssText = 'position: absolute; inset: 0; top: 20px; height: 400px'
      main.style.position = 'relative'
      main.append(wide, small, words, upon, cover)
    })
    const { axe, markup, tooSmall, faults } = await findings()
    expect(axe.map((each) => each.split(':')[0]).sort()).toEqual(['button-name', 'color-contrast'])
    expect(markup.map((each) => each.split(':')[0]).sort()).toEqual([
      'no-implicit-button-type',
      'text-content',
    ])
    expect(tooSmall.length).toBe(1)
    expect(faults.some((each) => each.includes('stands out: p.null “pale and wide”'))).toBe(true)
    expect(faults.some((each) => each.includes('lies under'))).toBe(true)
    expect(faults.some((each) => each.includes('“一句话。 又一句话。” has a hole'))).toBe(true)
    expect(
      faults.some((each) => each.includes('“一句话。 又一句话。” and “upon words” lie upon each other')),
    ).toBe(true)
  })

  it.each(FIRST_SCREENS)(
    '$name is for everybody, from 320 wide and in letters of 200 % too',
    async (screen) => {
      await visit(screen)
      expect(await findings(LARGE)).toEqual(NOTHING)
    },
  )
})

describe('as a guest', () => {
  beforeAll(() => person.choosesCity('潍坊'))

  it.each(GUEST_SCREENS)(
    '$name is for everybody, from 320 wide and in letters of 200 % too',
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
    await person.buysVoucher() // the till's
    await person.untilSynced()
    await person.buysVoucher()
    await person.untilSynced()
  })

  it.each(SCREENS.filter(({ isVariant }) => !isVariant))(
    '$name is for everybody, from 320 wide and in letters of 200 % too',
    async (screen) => {
      await visit(screen)
      expect(await findings(LARGE)).toEqual(NOTHING)
    },
  )

  // Colours and words have nothing to do with each other: one visit looks at dark ones and English ones.
  describe.each([
    { looks: ['dark', 'en'], target: TARGET },
    { looks: ['elder'], target: ELDER_TARGET },
  ] as const)('in $looks', ({ looks, target }) => {
    beforeAll(() => putOn(page, ...looks))

    it.each(SCREENS.filter(({ isMain, isVariant }) => isMain && !isVariant))(
      '$name is for everybody, from 320 wide too',
      async (screen) => {
        await visit(screen)
        expect(await findings({ target, isRestyled: true })).toEqual(NOTHING)
      },
    )
  })
})

it('and no screen wrote an error into the console', () => {
  expect(person.errors).toEqual([])
})
