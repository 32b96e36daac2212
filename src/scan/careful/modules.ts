/** How light each module of a code is, whatever lies across it and however the light falls. */
import { placeIn, type Quad } from './fit.ts'
import { at, type Plane, valueIn } from './plane.ts'
import { FINDER } from './symbol.ts'

/** Within a module: its rim belongs half to its neighbours. */
const WITHIN = [0.2, 0.35, 0.5, 0.65, 0.8] as const

/** The median of what is seen in each: a crack that is narrower than half a module changes nothing. 0 to 255, row by row. */
export function modulesIn(plane: Plane, quad: Quad, size: number): Float64Array {
  const place = placeIn(quad)
  const across = size - 2 * FINDER
  const seen = new Float64Array(WITHIN.length ** 2)
  return Float64Array.from({ length: size * size }, (_, i) => {
    const [left, top] = [(i % size) - FINDER, Math.floor(i / size) - FINDER]
    let count = 0
    for (const down of WITHIN)
      for (const right of WITHIN) {
        const [u, v] = [(left + right) / across, (top + down) / across]
        seen[count++] = valueIn(plane, place.x(u, v), place.y(u, v))
      }
    return at(seen.sort(), count >> 1)
  })
}

/** What blur took from neighbours is given back. @param share of each of the four. */
export function sharpened(modules: Float64Array, size: number, share: number): Float64Array {
  const edge = (value: number) => Math.max(0, Math.min(size - 1, value))
  return modules.map((value, i) => {
    const [x, y] = [i % size, Math.floor(i / size)]
    const near =
      at(modules, y * size + edge(x - 1)) +
      at(modules, y * size + edge(x + 1)) +
      at(modules, edge(y - 1) * size + x) +
      at(modules, edge(y + 1) * size + x)
    return value + share * (4 * value - near)
  })
}

/** To each side: of so many modules some are light and some dark. */
const SURROUNDINGS = 4
/** Where all is as light as all else, a difference means little: of the contrast of the whole. */
const CONTRAST_LEAST = 0.3

/** Above 0: light; 1 is as light as light modules around are, -1 as dark as dark ones. */
export function lightness(modules: Float64Array, size: number): Float64Array {
  const sorted = modules.toSorted()
  const contrast = at(sorted, Math.floor(sorted.length * 0.9)) - at(sorted, Math.floor(sorted.length * 0.1))
  const least = Math.max(1, CONTRAST_LEAST * contrast)
  return modules.map((value, i) => {
    const { light, dark } = around(modules, size, i)
    return (2 * value - light - dark) / Math.max(least, light - dark)
  })
}

/** The mean of those that are lighter than the mean, and of the others. */
function around(modules: Float64Array, size: number, place: number): { light: number; dark: number } {
  const [x, y] = [place % size, Math.floor(place / size)]
  const [left, right] = [Math.max(0, x - SURROUNDINGS), Math.min(size - 1, x + SURROUNDINGS)]
  const [top, bottom] = [Math.max(0, y - SURROUNDINGS), Math.min(size - 1, y + SURROUNDINGS)]
  let sum = 0
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) sum += at(modules, row * size + column)
  const mean = sum / ((right - left + 1) * (bottom - top + 1))
  let [light, lights, dark, darks] = [0, 0, 0, 0]
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const value = at(modules, row * size + column)
      if (value > mean) {
        light += value
        lights++
      } else {
        dark += value
        darks++
      }
    }
  return { light: lights ? light / lights : mean, dark: darks ? dark / darks : mean }
}
