/** A shop's camera reads a voucher's code from a phone's screen as it is: blurred, under glare, cracked, from the side, in little light. */
import { describe, expect, it } from 'vitest'
import { readFrame, readPicture } from '../../src/scan/read-pixels.ts'
import { DEGRADATIONS, degradedCode } from '../support/degraded-code.ts'

/** Of real vouchers, written down: a signature is another one each time, and a picture on the edge would be read on some days. */
const CODES = [
  'GT2:Q8HXBVP JV%9WXGIL4C:7M F.%CGB9EE1K39-QH$DLXOOFEN/MB%4ES5A1M1/NDWSS%7FDJ0KUCMBSY1ASBW3-SDXN0.U4TVF+I/73URU3GJ1IL925RF62BBEM4EHH8H2191LH6ATCS9LD*U7314AFUTFNYG$JPS1FXJIYYBH3',
  'GT2:V/4XDDD+4*L8NPGK9KT$7F8N+ 9T$U7MM%$8G$HR4S+MSTDU/MB%4ES5A1M1/NDWSSF+C790053633YWE5/NVQHUQM$4ARY0FTAQ U%OEVAU27SI518M5G3VJL4GKN*QA-H2R4QRGT :I:-S7:M%DH:41C9V0*55TGT.PC73R3JR2',
] as const

describe('a code on a screen', () => {
  it.each(DEGRADATIONS)('is read through %s', (kind) => {
    for (const [i, code] of CODES.entries())
      expect(readPicture(degradedCode(code, kind, 4001 + i))).toBe(code)
  })

  it('of another app is read as what it says', () => {
    expect(readPicture(degradedCode('https://example.com/pay', 'noise', 1))).toBe('https://example.com/pay')
  })

  it('is found in a film by one of the ways that the frames take by turns', () => {
    const hard = degradedCode(CODES[0], 'crack', 4008)
    expect([readFrame(hard, 0), readFrame(hard, 1)]).toContain(CODES[0])
  })

  it('is not made up where there is none', () => {
    const [width, height] = [300, 200]
    const data = new Uint8ClampedArray(4 * width * height).map((_, i) => (i * 7919) % 251)
    expect(readPicture({ data, width, height })).toBeUndefined()
  })
})
