/** The same picture with its light evened out: glare, shade and bands are weaker than what changes from module to module. */
import { at, meansOf, NOTHING, planeOf } from './careful/plane.ts'
import type { Pixels } from './read-pixels.ts'

/** How much what is left of the contrast is stretched. */
const GAIN = 1.5

/** @param reach pixels to each side whose mean is taken for the light at a place: one to three modules. */
export function evenLight(pixels: Pixels, reach: number): Pixels {
  const plane = planeOf(pixels)
  const light = meansOf(plane, reach)
  const data = new Uint8ClampedArray(pixels.data.length).fill(255)
  for (const [i, seen] of plane.data.entries())
    data.fill(NOTHING + (seen - at(light.data, i)) * GAIN, 4 * i, 4 * i + 3)
  return { ...pixels, data }
}
