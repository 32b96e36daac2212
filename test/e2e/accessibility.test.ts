/** Everybody can use every screen: axe and an HTML validator find nothing, a thumb hits every target, no word leaves a narrow screen or large letters. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { findingsOn, LARGE, NOTHING, visit } from './for-everybody.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { FIRST_SCREENS, GUEST_SCREENS, SCREENS, settled } from './screens.ts'

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
    const { axe, markup, tooSmall, faults } = await findingsOn(person)
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
      await visit(person, screen)
      expect(await findingsOn(person, LARGE)).toEqual(NOTHING)
    },
  )
})

describe('as a guest', () => {
  beforeAll(() => person.choosesCity('潍坊'))

  it.each(GUEST_SCREENS)(
    '$name is for everybody, from 320 wide and in letters of 200 % too',
    async (screen) => {
      await visit(person, screen)
      expect(await findingsOn(person, LARGE)).toEqual(NOTHING)
    },
  )

  it('the sheet that tells the result is for everybody', async () => {
    await person.logsTrip('骑行', '3.2')
    await settled(page)
    expect(await findingsOn(person, LARGE)).toEqual(NOTHING)
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
      await visit(person, screen)
      expect(await findingsOn(person, LARGE)).toEqual(NOTHING)
    },
  )
})

it('and no screen wrote an error into the console', () => {
  expect(person.errors).toEqual([])
})
