/**
 * Reads a voucher's code where others give up: behind cracked glass, under a lamp, through bands and grids. It knows what it looks for, so it needs no
 * more than two finders that can be seen of a small code, and takes what it cannot see for lost instead of guessing. Some tenths of a second on a phone.
 */
import type { Pixels } from '../read-pixels.ts'
import { findersIn, type Guess, pairsOf, triplesOf } from './finders.ts'
import { fitOf, type Quad } from './fit.ts'
import { lightness, modulesIn, sharpened } from './modules.ts'
import { evened, halved, type Plane, planeOf } from './plane.ts'
import { FINDER, type QrSymbol, SYMBOLS } from './symbol.ts'
import { textOf } from './words.ts'

/** Pixels of the half picture to each side: four modules of a code as large as a person holds it. */
const LIGHT_REACH = 16
const TRIPLES_MAX = 4
const PAIRS_MAX = 6
/** Of 127: what lies worse over the picture is no code. */
const FIT_MIN = 40
/** Of what neighbours take from each other: nothing, a little blur, more of it. */
const BLURS = [0, 0.15, 0.3] as const

/** Undefined where there is no code of a voucher, or too little of it. Other codes are not looked for. */
export function readCareful(pixels: Pixels): string | undefined {
  const plane = planeOf(pixels)
  const even = evened(halved(plane), LIGHT_REACH)
  const finders = findersIn(even)
  const guesses = [...triplesOf(finders, TRIPLES_MAX), ...pairsOf(finders, PAIRS_MAX)]
  for (const symbol of SYMBOLS)
    for (const guess of guesses) {
      if (!mayBe(symbol, guess)) continue
      const { quad, score } = fitOf(guess, symbol, even)
      const text = score >= FIT_MIN ? readQuad(plane, quad.map(doubled), symbol) : undefined
      if (text !== undefined) return text
    }
  return undefined
}

/** How many modules stand between finders is only known roughly, the more from aside. */
const MODULES_OFF_MAX = 1.45

function mayBe({ size }: QrSymbol, { modules }: Guess): boolean {
  const off = modules / (size - 2 * FINDER)
  return off < MODULES_OFF_MAX && off > 1 / MODULES_OFF_MAX
}

/** From the half picture to the whole one. */
function doubled(place: number): number {
  return 2 * place + 0.5
}

function readQuad(plane: Plane, quad: Quad, symbol: QrSymbol): string | undefined {
  const modules = modulesIn(plane, quad, symbol.size)
  for (const blur of BLURS) {
    const text = textOf(lightness(sharpened(modules, symbol.size, blur), symbol.size), symbol)
    if (text !== undefined) return text
  }
  return undefined
}
