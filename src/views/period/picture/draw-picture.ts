/**
 * Draws the picture: blocks from top to bottom, each with the height that its words need. Where they need more than there is, all
 * letters become smaller; where they need less, the room is shared out between them. Nothing is ever cut off.
 */
import { drawMark } from './draw-mark.ts'
import { Pen, type Style } from './pen.ts'
import { FORMATS, type PictureFormat, type PictureLook } from './picture-look.ts'
import type { PictureWords } from './picture-words.ts'

export interface Picture {
  readonly words: PictureWords
  readonly wordmark: readonly [string, string]
  readonly evidenceTitle: string
  /** Grams of each day, or other piece of the period. */
  readonly bars: readonly number[]
  /** Under the first and the last bar. */
  readonly ends: readonly [string, string]
  readonly format: PictureFormat
}

interface Block {
  readonly height: number
  /** Above it, at least. */
  readonly gap: number
  /** Says more of the block above it: no room that is left over comes between. */
  readonly isClose?: boolean
  /** Takes what room is left over, to stand at the foot. */
  readonly isLast?: boolean
  draw(y: number): void
}

interface Frame {
  readonly context: CanvasRenderingContext2D
  readonly pen: Pen
  readonly look: PictureLook
  readonly left: number
  readonly width: number
  /** 1, or less where the words need more room. */
  readonly scale: number
}

const MARGIN = 84
const SMALLEST = 0.4
/** Of the room that is left over, what a single gap takes at most, so that blocks that belong together stay together. */
const GAP_MORE_MAX = 56

/** False where the browser gives no drawing surface. */
export function drawPicture(canvas: HTMLCanvasElement, picture: Picture, look: PictureLook): boolean {
  const { width, height } = FORMATS[picture.format]
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) return false
  context.textBaseline = 'alphabetic'
  context.fillStyle = look.bg
  context.fillRect(0, 0, width, height)
  const pen = new Pen(context, look.family)
  const room = height - 2 * MARGIN
  let scale = 1
  let blocks: Block[] = []
  let needed = 0
  do {
    blocks = blocksOf(picture, { context, pen, look, left: MARGIN, width: width - 2 * MARGIN, scale })
    needed = blocks.reduce((sum, block, index) => sum + block.height + (index > 0 ? block.gap : 0), 0)
    scale -= 0.03
  } while (needed > room && scale > SMALLEST)
  const more = Math.max(0, room - needed)
  const gaps = blocks.filter(({ isClose }, index) => index > 0 && !isClose).length
  const each = Math.min(GAP_MORE_MAX, more / Math.max(1, gaps))
  let y = MARGIN
  blocks.forEach((block, index) => {
    if (index > 0) y += block.gap + (block.isClose ? 0 : each)
    if (block.isLast) y = height - MARGIN - block.height
    block.draw(y)
    y += block.height
  })
  return true
}

function blocksOf(picture: Picture, frame: Frame): Block[] {
  const { words, format } = picture
  const { look } = frame
  const isTall = format === 'story'
  const size = (story: number, square: number) => (isTall ? story : square) * frame.scale
  const plain = (of: number, colour = look.ink): Style => ({ size: of, weight: 400, colour })
  const line = (text: string, style: Style, gap: number): Block[] =>
    text === '' ? [] : [textBlock(text, style, gap * frame.scale, frame)]
  const close = (...of: Parameters<typeof line>): Block[] =>
    line(...of).map((block) => ({ ...block, isClose: true }))
  return [
    headBlock(picture, size(52, 40), frame),
    ...line(words.title, { size: size(62, 46), weight: 680, colour: look.ink }, isTall ? 64 : 36),
    ...close(words.until, plain(size(36, 28), look.ink2), 4),
    amountBlock(words.amount, size(190, 132), frame),
    ...close(words.avoided, plain(size(36, 28), look.ink2), 0),
    ...line(words.confirmed, { size: size(40, 33), weight: 600, colour: look.ink }, isTall ? 28 : 16),
    ...close(words.petrol, plain(size(38, 30)), 8),
    ...(isTall ? barsBlock(picture, frame) : []),
    ...evidenceBlock(picture, size(36, 27), frame),
    ...line(words.before, plain(size(38, 28)), isTall ? 36 : 18),
    ...words.waiting.flatMap((text) => close(text, plain(size(36, 27), look.slate), 6)),
    footBlock([words.methodology, words.noCredit], plain(size(28, 23), look.ink2), frame),
  ]
}

function textBlock(text: string, style: Style, gap: number, { pen, left, width }: Frame): Block {
  const lines = pen.wrap(text, style, width)
  return { height: pen.heightOf(lines, style), gap, draw: (y) => pen.write(lines, style, { x: left, y }) }
}

/** The mark and the name of the app, with the other language's beside it. */
function headBlock({ wordmark }: Picture, size: number, { context, pen, look, left }: Frame): Block {
  const name: Style = { size, weight: 700, colour: look.ink }
  const beside: Style = { size: size * 0.62, weight: 400, colour: look.ink2 }
  const mark = size * 1.45
  return {
    height: mark,
    gap: 0,
    draw(y) {
      drawMark(context, { x: left, y, size: mark })
      const [own, other] = wordmark
      const x = left + mark + size * 0.45
      pen.write([own], name, { x, y: y + (mark - pen.heightOf([own], name)) / 2 })
      const after = x + pen.widthOf(own, name) + size * 0.4
      // On the same baseline, which lies lower in the larger line.
      const top = y + (mark - pen.heightOf([own], name)) / 2 + (name.size - beside.size) * 1.05
      pen.write([other], beside, { x: after, y: top })
    },
  }
}

/** Made smaller until the number and its unit stand on one line. */
function amountBlock(amount: PictureWords['amount'], size: number, frame: Frame): Block {
  const { pen, look, left, width, scale } = frame
  const number = (of: number): Style => ({ size: of, weight: 700, colour: look.green })
  const unit = (of: number): Style => ({ size: of * 0.4, weight: 600, colour: look.green })
  const wide = (of: number) =>
    pen.widthOf(amount.value, number(of)) + of * 0.12 + pen.widthOf(amount.unit, unit(of))
  const fitting = size * Math.min(1, width / wide(size))
  return {
    height: fitting * 1.15,
    gap: 24 * scale,
    draw(y) {
      const top = y - fitting * 0.1
      pen.write([amount.value], number(fitting), { x: left, y: top })
      const x = left + pen.widthOf(amount.value, number(fitting)) + fitting * 0.12
      pen.write([amount.unit], unit(fitting), { x, y: top + fitting * 0.63 })
    },
  }
}

const BARS_HEIGHT = 230

/** The days of a month, the months of a year. None where there is nothing to show. */
function barsBlock({ bars, ends }: Picture, { context, pen, look, left, width, scale }: Frame): Block[] {
  const highest = Math.max(...bars, 0)
  if (highest === 0 || bars.length < 2) return []
  const tall = BARS_HEIGHT * scale
  const style: Style = { size: 28 * scale, weight: 400, colour: look.ink2 }
  const room = width / bars.length
  const draw = (y: number): void => {
    context.fillStyle = look.green
    bars.forEach((grams, index) => {
      if (grams <= 0) return
      const high = Math.max(6, (grams / highest) * tall)
      roundedBox(
        context,
        { x: left + index * room + room * 0.14, y: y + tall - high, width: room * 0.72, height: high },
        6,
      )
    })
    context.fillStyle = look.line
    context.fillRect(left, y + tall, width, 3)
    pen.write([ends[0]], style, { x: left, y: y + tall + 10 })
    pen.write([ends[1]], { ...style, align: 'end' }, { x: left + width, y: y + tall + 10 })
  }
  return [{ height: tall + 10 + pen.heightOf([''], style), gap: 44 * scale, draw }]
}

/** What the grams rest on: one bar cut into its shares, and each share in words with its colour before it. */
function evidenceBlock({ words, evidenceTitle }: Picture, size: number, frame: Frame): Block[] {
  const { evidence } = words
  if (evidence.length === 0) return []
  const { context, pen, look, left, width, scale } = frame
  const style: Style = { size, weight: 400, colour: look.ink }
  const title: Style = { size: size * 0.86, weight: 400, colour: look.ink2 }
  const colours: Readonly<Record<string, string>> = {
    provider: look.green,
    gps: look['green-mid'],
    import: look.slate,
    manual: look.amber,
  }
  const dot = size * 0.72
  const places = flow(
    evidence.map((one) => dot + size * 0.4 + pen.widthOf(one.words, style)),
    width,
    size * 1.1,
  )
  const lineTall = size * 1.5
  const bar = 30 * scale
  const titleTall = pen.heightOf([''], title) + 8 * scale
  const draw = (y: number): void => {
    pen.write([evidenceTitle], title, { x: left, y })
    drawShares(
      context,
      { x: left, y: y + titleTall, width, height: bar },
      evidence.map((one) => ({ percent: one.percent, colour: colours[one.trust] ?? look.ink2 })),
    )
    evidence.forEach((one, index) => {
      const place = places[index] ?? { x: 0, line: 0 }
      const top = y + titleTall + bar + 14 * scale + place.line * lineTall
      context.fillStyle = colours[one.trust] ?? look.ink2
      roundedBox(
        context,
        { x: left + place.x, y: top + (size * 1.35 - dot) / 2, width: dot, height: dot },
        dot / 4,
      )
      pen.write([one.words], style, { x: left + place.x + dot + size * 0.4, y: top })
    })
  }
  const lines = (places.at(-1)?.line ?? 0) + 1
  return [{ height: titleTall + bar + 14 * scale + lines * lineTall, gap: 40 * scale, draw }]
}

/** Things one after the other, on the next line where they no longer fit. */
function flow(widths: readonly number[], width: number, gap: number): { x: number; line: number }[] {
  let x = 0
  let line = 0
  return widths.map((wide) => {
    if (x > 0 && x + wide > width) {
      x = 0
      line++
    }
    const place = { x, line }
    x += wide + gap
    return place
  })
}

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** With a line of the ground between two, so that they are told apart without their colours. */
function drawShares(
  context: CanvasRenderingContext2D,
  box: Box,
  shares: readonly { percent: number; colour: string }[],
): void {
  const between = 6
  const right = box.x + box.width
  let x = box.x
  for (const { percent, colour } of shares) {
    if (percent === 0) continue
    const width = (box.width * percent) / 100
    context.fillStyle = colour
    const gap = x + width < right - 1 ? between : 0
    roundedBox(context, { ...box, x, width: Math.max(4, width - gap) }, 8)
    x += width
  }
}

function footBlock(texts: readonly string[], style: Style, frame: Frame): Block {
  const { context, pen, look, left, width, scale } = frame
  const lines = texts.flatMap((text) => (text === '' ? [] : pen.wrap(text, style, width)))
  const above = 22 * scale
  return {
    height: above + pen.heightOf(lines, style),
    gap: 36 * scale,
    isLast: true,
    draw(y) {
      context.fillStyle = look.line
      context.fillRect(left, y, width, 3)
      pen.write(lines, style, { x: left, y: y + above })
    },
  }
}

/** `roundRect` is missing in browsers of before 2023. */
function roundedBox(context: CanvasRenderingContext2D, { x, y, width, height }: Box, radius: number): void {
  const r = Math.min(radius, width / 2, height / 2)
  context.beginPath()
  context.moveTo(x + r, y)
  context.arcTo(x + width, y, x + width, y + height, r)
  context.arcTo(x + width, y + height, x, y + height, r)
  context.arcTo(x, y + height, x, y, r)
  context.arcTo(x, y, x + width, y, r)
  context.fill()
}
