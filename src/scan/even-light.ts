/** The same picture with its light evened out: glare, shade and bands are weaker than what changes from module to module. */
import type { Pixels } from './read-pixels.ts'

const GREY = 128
/** How much what is left of the contrast is stretched. */
const GAIN = 1.5

/** @param reach pixels to each side whose mean is taken for the light at a place: one to three modules. */
export function evenLight({ data, width, height }: Pixels, reach: number): Pixels {
  const sums = sumsOf(data, { width, height })
  const row = width + 1
  const made = new Uint8ClampedArray(data.length)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const sum =
        at(sums, bottom * row + right) -
        at(sums, top * row + right) -
        at(sums, bottom * row + left) +
        at(sums, top * row + left)
      const place = 4 * (y * width + x)
      const light = sum / ((right - left) * (bottom - top))
      const value = GREY + (at(data, place + 1) - light) * GAIN
      for (let channel = 0; channel < 3; channel++) made[place + channel] = value
      made[place + 3] = 255
    }
  }
  return { data: made, width, height }
}

/** Of all pixels above and to the left: then the sum of any rectangle is four look-ups. Green stands for luminance. */
function sumsOf(data: Pixels['data'], { width, height }: { width: number; height: number }): Uint32Array {
  const row = width + 1
  const sums = new Uint32Array(row * (height + 1))
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let x = 0; x < width; x++) {
      sum += at(data, 4 * (y * width + x) + 1)
      sums[(y + 1) * row + x + 1] = at(sums, y * row + x + 1) + sum
    }
  }
  return sums
}

function at(list: ArrayLike<number>, index: number): number {
  return list[index] ?? 0
}
