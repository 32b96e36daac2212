/** Writes on a canvas in the app's font: digits all of one width, lines broken where a browser would, nothing cut off. */
import { wrapText } from './wrap-text.ts'

export interface Style {
  readonly size: number
  readonly weight: number
  readonly colour: string
  readonly align?: 'start' | 'end'
}

/** Between the baselines of two lines, in sizes of the letters. */
const LEADING = 1.35
/** Of the line's height, from its top to the baseline. */
const BASELINE = 0.78

export class Pen {
  readonly #context: CanvasRenderingContext2D
  readonly #family: string

  constructor(context: CanvasRenderingContext2D, family: string) {
    this.#context = context
    this.#family = family
  }

  widthOf(text: string, style: Style): number {
    this.#take(style)
    return this.#advances(text).reduce((sum, { width }) => sum + width, 0)
  }

  wrap(text: string, style: Style, width: number): string[] {
    return wrapText(text, width, (part) => this.widthOf(part, style))
  }

  heightOf(lines: readonly string[], { size }: Style): number {
    return lines.length * size * LEADING
  }

  /** @param at the upper corner, on the left or, for `end`, on the right */
  write(lines: readonly string[], style: Style, at: { x: number; y: number }): void {
    const tall = style.size * LEADING
    lines.forEach((line, index) => {
      const wide = style.align === 'end' ? this.widthOf(line, style) : 0
      this.#line(line, style, { x: at.x - wide, y: at.y + index * tall + tall * BASELINE })
    })
  }

  #line(text: string, style: Style, { x, y }: { x: number; y: number }): void {
    this.#take(style)
    this.#context.fillStyle = style.colour
    let left = x
    for (const { part, width, inset } of this.#advances(text)) {
      this.#context.fillText(part, left + inset, y)
      left += width
    }
  }

  #take({ size, weight }: Style): void {
    this.#context.font = `${weight} ${size}px ${this.#family}`
  }

  /** A canvas cannot ask a font for its tabular figures: each digit gets the width of the widest. */
  #advances(text: string): { part: string; width: number; inset: number }[] {
    const measure = (part: string) => this.#context.measureText(part).width
    const digit = Math.max(...[...'0123456789'].map(measure))
    return (text.match(/\d|\D+/g) ?? []).map((part) => {
      const own = measure(part)
      const width = /^\d$/.test(part) ? digit : own
      return { part, width, inset: (width - own) / 2 }
    })
  }
}
