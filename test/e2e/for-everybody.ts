/** What is looked at on a screen for it to be for everybody: axe, markup, the size of targets, and the layout from the narrowest phone to a laptop. */
import { PHONE } from '../support/browser.ts'
import { axeFindings } from './axe.ts'
import { layoutFaults, smallTargets } from './layout.ts'
import { markupFaults } from './markup.ts'
import type { Person } from './person.ts'
import { type Screen, settled } from './screens.ts'

export const TARGET = 44
export const ELDER_TARGET = 60
/** The narrowest phone, the usual one, a laptop; all others by `npm run shots -- --measure`. */
const SIZES = [{ ...PHONE, width: 320 }, PHONE, { width: 1280, height: 800 }]

export async function visit(person: Person, screen: Screen): Promise<void> {
  await person.goto(screen.path)
  await settled(person.page)
  if (!screen.go) return
  await screen.go(person.page)
  await settled(person.page)
}

interface Look {
  readonly target?: number
  readonly letters?: readonly string[]
  /** Seen before in another look: its markup is the same. */
  readonly isRestyled?: boolean
}

export async function findingsOn(
  { page }: Person,
  { target = TARGET, letters = [''], isRestyled = false }: Look = {},
) {
  return {
    axe: await axeFindings(page),
    markup: isRestyled ? [] : await markupFaults(page),
    tooSmall: await smallTargets(page, target),
    faults: await layoutFaults(page, SIZES, letters),
  }
}

export const NOTHING = { axe: [], markup: [], tooSmall: [], faults: [] }
export const LARGE = { letters: ['', '200%'] }
