/** A voucher's code of which a part is gone: a finder, words, half of the light; each mask and version; and nothing that is not there. */
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import { readCareful } from '../../src/scan/careful/read-careful.ts'
import { SYMBOLS } from '../../src/scan/careful/symbol.ts'
import { textOf } from '../../src/scan/careful/words.ts'
import type { Pixels } from '../../src/scan/read-pixels.ts'
import golden from '../golden/voucher.json' with { type: 'json' }
import { degradedCode } from '../support/degraded-code.ts'
import { randomOf } from '../support/random.ts'

const CODE =
  'GT2:V/4XDDD+4*L8NPGK9KT$7F8N+ 9T$U7MM%$8G$HR4S+MSTDU/MB%4ES5A1M1/NDWSSF+C790053633YWE5/NVQHUQM$4ARY0FTAQ U%OEVAU27SI518M5G3VJL4GKN*QA-H2R4QRGT :I:-S7:M%DH:41C9V0*55TGT.PC73R3JR2'
/** Of an offer with a number and a value of many signs. */
const LONGER = `${CODE}0123456789ABCDEF`

interface Drawn {
  readonly size: number
  readonly modules: readonly (readonly boolean[])[]
}
function drawn(text: string, maskPattern = -1, ecc: 'M' | 'L' = 'M'): Drawn {
  const { data, size } = encode(text, { ecc, boostEcc: false, border: 0, maskPattern })
  return { size, modules: data }
}

/** As if each module had been seen well. */
function seen({ size, modules }: Drawn): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) =>
    modules[Math.floor(i / size)]?.[i % size] ? -1 : 1,
  )
}
const symbolOf = ({ size }: Drawn) => SYMBOLS.find((each) => each.size === size) ?? SYMBOLS[0]
const read = (code: Drawn, lightness: Float64Array) => {
  const symbol = symbolOf(code)
  return symbol && textOf(lightness, symbol)
}

describe('its modules', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])('say its text under mask %i', (mask) => {
    for (const text of [CODE, LONGER]) {
      const code = drawn(text, mask)
      expect(read(code, seen(code))).toBe(text)
    }
  })

  it.each([440, 500, 560, 640])('say a full token of %i signs', (length) => {
    const token = golden.token.repeat(2).slice(0, length)
    const code = drawn(token, -1, 'L')
    expect(read(code, seen(code))).toBe(token)
  })

  it('say it with a third of its area unseen, which would be too much if it were believed', () => {
    const code = drawn(CODE)
    const covered = (value: number) =>
      seen(code).map((each, i) => (i % code.size > 32 && i > 9 * code.size ? value : each))
    expect(read(code, covered(0.001))).toBe(CODE)
    expect(read(code, covered(2))).toBeUndefined()
  })

  it('of noise say nothing', () => {
    const random = randomOf(5)
    const noise = Float64Array.from({ length: 45 * 45 }, () => random() * 2 - 1)
    for (const symbol of SYMBOLS) expect(textOf(noise, symbol)).toBeUndefined()
  })
})

/** Filled from the front with that lightness, a square of that many modules around a place of the code. */
function painted(pixels: Pixels, at: { x: number; y: number; side: number; grey: number }): Pixels {
  const data = pixels.data.slice()
  for (let y = at.y - at.side / 2; y < at.y + at.side / 2; y++)
    for (let x = at.x - at.side / 2; x < at.x + at.side / 2; x++)
      data.fill(
        at.grey,
        4 * (Math.round(y) * pixels.width + Math.round(x)),
        4 * (Math.round(y) * pixels.width + Math.round(x)) + 3,
      )
  return { ...pixels, data }
}

/** Drawn straight, ten pixels a module. */
function straight(text: string): {
  pixels: Pixels
  middleOf: (x: number, y: number) => { x: number; y: number }
} {
  const { size, modules } = drawn(text)
  const [module, side, border] = [10, 720, (720 - size * 10) / 2]
  const data = new Uint8ClampedArray(4 * side * side)
  for (let i = 0; i < side * side; i++) {
    const [x, y] = [
      Math.floor(((i % side) - border) / module),
      Math.floor((Math.floor(i / side) - border) / module),
    ]
    data.fill(modules[y]?.[x] ? 30 : 225, 4 * i, 4 * i + 3)
    data[4 * i + 3] = 255
  }
  return {
    pixels: { data, width: side, height: side },
    middleOf: (x, y) => ({ x: border + module * x, y: border + module * y }),
  }
}

describe('a picture of it', () => {
  it.each([
    ['above left', 3.5, 3.5],
    ['above right', 41.5, 3.5],
    ['below left', 3.5, 41.5],
  ])('is read with the finder %s gone', (_, x, y) => {
    const { pixels, middleOf } = straight(CODE)
    for (const grey of [30, 225])
      expect(readCareful(painted(pixels, { ...middleOf(x, y), side: 76, grey }))).toBe(CODE)
  })

  it.each(['glare', 'crack', 'moire', 'covered', 'blur'] as const)(
    'is read through %s, of version 8 too',
    (kind) => {
      for (const text of [CODE, LONGER]) expect(readCareful(degradedCode(text, kind, 9001))).toBe(text)
    },
  )

  it('of a full token is read under a thumb', () => {
    expect(readCareful(degradedCode(golden.token, 'covered', 131, 'L'))).toBe(golden.token)
  })

  it('with two finders gone, of another app, or of none, is left to others', () => {
    const { pixels, middleOf } = straight(CODE)
    const once = painted(pixels, { ...middleOf(3.5, 3.5), side: 76, grey: 225 })
    expect(readCareful(painted(once, { ...middleOf(41.5, 3.5), side: 76, grey: 225 }))).toBeUndefined()
    expect(readCareful(degradedCode('https://example.com/pay', 'noise', 1))).toBeUndefined()
    const random = randomOf(9)
    const data = new Uint8ClampedArray(4 * 720 * 720).map(() => random.below(256))
    expect(readCareful({ data, width: 720, height: 720 })).toBeUndefined()
    expect(readCareful({ data: new Uint8ClampedArray(4), width: 1, height: 1 })).toBeUndefined()
  })
})
