/** How light a picture is, place by place: what is looked at when colours do not matter. */
import type { Pixels } from '../read-pixels.ts'

/** From 0, black, to 255, row by row. */
export interface Plane {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** In pixels, whole at the middle of one. */
export interface Point {
  readonly x: number
  readonly y: number
}

export function at(list: ArrayLike<number>, index: number): number {
  return list[index] ?? 0
}

/** Green stands for luminance. */
export function planeOf({ data, width, height }: Pixels): Plane {
  const plane = new Uint8Array(width * height)
  for (let i = 0; i < plane.length; i++) plane[i] = at(data, 4 * i + 1)
  return { data: plane, width, height }
}

/** At each place the mean of the square around it. @param reach pixels to each side. */
export function meansOf({ data, width, height }: Plane, reach: number): Plane {
  const sums = sumsOf({ data, width, height })
  const row = width + 1
  const means = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(height, y + reach + 1)]
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
      const sum =
        at(sums, bottom * row + right) -
        at(sums, top * row + right) -
        at(sums, bottom * row + left) +
        at(sums, top * row + left)
      means[y * width + x] = sum / ((right - left) * (bottom - top))
    }
  }
  return { data: means, width, height }
}

/** Of all pixels above and to the left: then the sum of any rectangle is four look-ups. */
function sumsOf({ data, width, height }: Plane): Uint32Array {
  const row = width + 1
  const sums = new Uint32Array(row * (height + 1))
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let x = 0; x < width; x++) {
      sum += at(data, y * width + x)
      sums[(y + 1) * row + x + 1] = at(sums, y * row + x + 1) + sum
    }
  }
  return sums
}

/** Between black and white: what is beyond the edge says nothing. */
export const NOTHING = 128

/** Between the four pixels around a place. */
export function valueIn({ data, width, height }: Plane, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (!(left >= 0 && top >= 0 && left < width - 1 && top < height - 1)) return NOTHING
  const [right, down] = [x - left, y - top]
  const place = top * width + left
  const above = at(data, place) * (1 - right) + at(data, place + 1) * right
  const below = at(data, place + width) * (1 - right) + at(data, place + width + 1) * right
  return above * (1 - down) + below * down
}

/** Half as wide and high: each pixel the mean of four, without half of their noise. */
export function halved({ data, width, height }: Plane): Plane {
  const [columns, rows] = [width >> 1, height >> 1]
  const half = new Uint8Array(columns * rows)
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++) {
      const place = 2 * (y * width + x)
      const above = at(data, place) + at(data, place + 1)
      half[y * columns + x] = (above + at(data, place + width) + at(data, place + width + 1)) / 4
    }
  return { data: half, width: columns, height: rows }
}

/** What light and dark modules are apart from the middle once all is as strong as all else. */
const EVEN = 80
/** Noise on an even surface stays weak. */
const CONTRAST_LEAST = 8

/** Light and contrast as they are around a place taken away: what is lighter than its surroundings is above `NOTHING`. @param reach pixels to each side. */
export function evened(plane: Plane, reach: number): Plane {
  const light = meansOf(plane, reach)
  const away = { ...plane, data: plane.data.map((value, i) => Math.abs(value - at(light.data, i))) }
  const contrast = meansOf(away, reach)
  const data = plane.data.map((value, i) => {
    const off = (EVEN * (value - at(light.data, i))) / Math.max(CONTRAST_LEAST, at(contrast.data, i))
    return Math.max(0, Math.min(255, NOTHING + off))
  })
  return { ...plane, data }
}
