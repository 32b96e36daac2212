// A symmetric, positive system of equations with four diagonals on either side, for both coordinates at once; solved as L·D·Lᵀ.

const SIDE = 4
const WIDTH = SIDE + 1

export class Banded {
  /** Of row i: its diagonal, then what couples it with the rows before, the nearest first. */
  readonly #rows: Float64Array
  /** The right side, and after `solve` what is unknown. */
  readonly x: Float64Array
  readonly y: Float64Array

  constructor(size: number) {
    this.#rows = new Float64Array(size * WIDTH)
    this.x = new Float64Array(size)
    this.y = new Float64Array(size)
  }

  clear(): void {
    for (const row of [this.#rows, this.x, this.y]) row.fill(0)
  }

  square(i: number, weight: number): void {
    this.#rows[i * WIDTH]! += weight
  }

  /** Of unknown `i` and the one `apart` after it, at most four. */
  product(i: number, apart: number, weight: number): void {
    this.#rows[(i + apart) * WIDTH + apart]! += weight
  }

  draw(i: number, weight: number, { x, y }: { readonly x: number; readonly y: number }): void {
    this.x[i]! += weight * x
    this.y[i]! += weight * y
  }

  solve(): void {
    const [rows, x, y] = [this.#rows, this.x, this.y]
    const size = x.length
    for (let i = 0; i < size; i++) {
      const first = Math.max(0, i - SIDE)
      const row = i * WIDTH + i
      // `rows[row - j]` becomes L(i, j) · D(j), then L(i, j).
      for (let j = first; j < i; j++) {
        let value = rows[row - j]!
        for (let m = Math.max(first, j - SIDE); m < j; m++) value -= rows[row - m]! * rows[j * WIDTH + j - m]!
        rows[row - j] = value
      }
      let own = rows[row - i]!
      for (let j = first; j < i; j++) {
        const scaled = rows[row - j]!
        const factor = scaled / rows[j * WIDTH]!
        own -= scaled * factor
        rows[row - j] = factor
        x[i]! -= factor * x[j]!
        y[i]! -= factor * y[j]!
      }
      rows[row - i] = own
    }
    for (let i = size - 1; i >= 0; i--) {
      x[i]! /= rows[i * WIDTH]!
      y[i]! /= rows[i * WIDTH]!
      for (let k = i + 1; k <= Math.min(size - 1, i + SIDE); k++) {
        x[i]! -= rows[k * WIDTH + k - i]! * x[k]!
        y[i]! -= rows[k * WIDTH + k - i]! * y[k]!
      }
    }
  }
}
