/**
 * Reads a voucher's code where others give up: behind cracked glass, under a lamp, through bands and grids. It knows what it looks for, so it needs no
 * more than two finders that can be seen of a small code, and takes what it cannot see for lost instead of guessing. Some tenths of a second on a phone.
 */
import type { Pixels } from '../read-pixels.ts'
import { findersIn, pairsOf, triplesOf } from './finders.ts'
import { fitOf, type Quad } from './fit.ts'
import { lightness, modulesIn, sharpened } from './modules.ts'
import { evened, halved, type Plane, planeOf } from './plane.ts'
import { type QrSymbol, SYMBOLS } from './symbol.ts'
import { textOf } from './words.ts'

/**
 * What is looked for, one after the other: `reach`, pixels of the half picture to each side whose light and contrast are taken for those at a place, is
 * four modules of a code as large as a person holds it; `side` from version 7 to 8, and from 14 to 17.
 */
const LOOKS = [
  { level: 'M', reach: 16, side: { least: 22, most: 60 }, pairs: 6 },
  { level: 'L', reach: 10, side: { least: 46, most: 113 }, pairs: 0 },
] as const
const TRIPLES_MAX = 4
/** Of 127: what lies worse over the picture is no code. */
const FIT_MIN = 40
/** Of what neighbours take from each other: nothing, a little blur, more of it. */
const BLURS = [0, 0.15, 0.3] as const

type Level = (typeof LOOKS)[number]['level']

/**
 * Undefined where there is no code of a voucher, or too little of it. Other codes are not looked for.
 * @param only M: small codes; L: full tokens.
 */
export function readCareful(pixels: Pixels, only?: Level): string | undefined {
  const plane = planeOf(pixels)
  const half = halved(plane)
  for (const { level, reach, side, pairs } of LOOKS) {
    if (only && level !== only) continue
    const even = evened(half, reach)
    const finders = findersIn(even)
    const guesses = [...triplesOf(finders, side, TRIPLES_MAX), ...pairsOf(finders, pairs)]
    for (const symbol of SYMBOLS.filter((each) => each.level === level))
      for (const guess of guesses) {
        const { quad, score } = fitOf(guess, symbol, even)
        const text = score >= FIT_MIN ? readQuad(plane, quad.map(doubled), symbol) : undefined
        if (text !== undefined) return text
      }
  }
  return undefined
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
