/**
 * Pictures of a code on a phone's screen as a shop's camera gets them: out of focus, moved, under glare, behind cracked glass, from the side, in
 * little light, noisy, with moiré, with the screen's own pixels, partly covered. By seed; each kind's strength is drawn from a stated range, and
 * whatever the kind, the phone is held by hand: turned, tilted, a little blurred and noisy.
 */
import { encode } from 'uqr'
import { type Random, randomOf } from './random.ts'

export interface Picture {
  readonly data: Uint8ClampedArray<ArrayBuffer>
  readonly width: number
  readonly height: number
}

/** The square that the scanner looks at. */
const SIDE = 720
/** ISO/IEC 18004 asks for four modules around the code. */
const QUIET = 4
const WHITE = 235
const BLACK = 25
const BEZEL = 15
const SURROUNDINGS = 95

/** Luminance, row by row. */
type Plane = Float32Array<ArrayBuffer>

interface Shot {
  readonly random: Random
  /** Pixels of a module in the middle of the picture. */
  readonly module: number
  /** Where in the picture the code lies, about: middle and half its side, in pixels. */
  readonly middle: { readonly x: number; readonly y: number }
  readonly half: number
}

interface Sort {
  /** Beside the little of every hand. Degrees. */
  readonly tilt?: readonly [number, number]
  /** What the screen shows at a place, in modules from the code's corner, before any camera. */
  readonly screen?: (shot: Shot, show: Screen) => Screen
  readonly camera?: (plane: Plane, shot: Shot) => Plane
}

type Screen = (x: number, y: number) => number

const between = ({ random }: Shot, [from, to]: readonly [number, number]) => from + random() * (to - from)

const SORTS = {
  /** Out of focus by a quarter to a half of a module. */
  blur: { camera: (plane, shot) => blurred(plane, between(shot, [0.25, 0.5]) * shot.module) },
  /** Moved by half to one and a half modules while the shutter was open. */
  motion: { camera: (plane, shot) => moved(plane, between(shot, [0.5, 1.5]) * shot.module, shot.random()) },
  /** A lamp in the glass, a sixth to a third of the code wide. */
  glare: { camera: (plane, shot) => withGlare(plane, shot) },
  /** From a blow in or beside the code, four to eight cracks of a fifth to half a module, and the shards between them shifted. */
  crack: { screen: cracked },
  /** From the side, thirty to fifty degrees. */
  perspective: { tilt: [30, 50] },
  /** The screen at its darkest, in a dim room: a quarter to two fifths of the contrast, grainy. */
  'low light': { camera: (plane, shot) => dim(plane, shot) },
  /** A small cheap sensor. */
  noise: { camera: (plane, shot) => grainy(plane, between(shot, [25, 45]), shot.random) },
  /** The screen's grid against the sensor's, and the bands of its dimming. */
  moire: { camera: (plane, shot) => withMoire(plane, shot) },
  /** So near that the camera sees the screen's own pixels, eight to fourteen a module. */
  subpixels: { screen: pixelled },
  /** A thumb over the corner without a finder, or a quiet zone that the picture's edge cuts off. */
  covered: { screen: covered },
} satisfies Record<string, Sort>

export type Degradation = keyof typeof SORTS
export const DEGRADATIONS = Object.keys(SORTS) as Degradation[]

/** @param ecc the level of the small code; a full token is shown at L. */
export function degradedCode(text: string, kind: Degradation, seed: number, ecc: 'M' | 'L' = 'M'): Picture {
  const random = randomOf(seed)
  const { data, size } = encode(text, { ecc, border: 0 })
  const sort: Sort = SORTS[kind]
  const module = (SIDE * (0.5 + 0.25 * random())) / (size + 2 * QUIET)
  const middle = { x: SIDE * (0.46 + 0.08 * random()), y: SIDE * (0.46 + 0.08 * random()) }
  const shot = { random, module, middle, half: (module * size) / 2 }
  const plain: Screen = (x, y) => {
    if (x >= 0 && y >= 0 && x < size && y < size) return data[Math.floor(y)]?.[Math.floor(x)] ? BLACK : WHITE
    return aroundCode(x / size, y / size)
  }
  const screen = sort.screen?.(shot, plain) ?? plain
  const taken = photographed(screen, shot, { size, tilt: sort.tilt ?? [0, 12] })
  const seen = sort.camera?.(taken, shot) ?? taken
  return pictureOf(grainy(blurred(seen, 0.12 * module + 0.4), 4, random))
}

/** The page is white around its code, then comes the phone, then the counter. In sides of the code. */
function aroundCode(x: number, y: number): number {
  if (x > -0.15 && x < 1.15 && y > -0.6 && y < 1.4) return WHITE
  return x > -0.22 && x < 1.22 && y > -0.75 && y < 1.55 ? BEZEL : SURROUNDINGS
}

/** By a pinhole, three code's widths away, four samples a pixel. */
function photographed(
  screen: Screen,
  shot: Shot,
  { size, tilt }: { size: number; tilt: readonly [number, number] },
): Plane {
  const radians = Math.PI / 180
  const tilted = between(shot, tilt) * radians
  const towards = shot.random() * 2 * Math.PI
  const roll = (shot.random() - 0.5) * 40 * radians
  const back = inverseOf(planeToPicture({ tilted, towards, roll, distance: 3 * size }))
  const plane: Plane = new Float32Array(SIDE * SIDE)
  for (let py = 0; py < SIDE; py++)
    for (let px = 0; px < SIDE; px++) {
      let sum = 0
      for (const [dx, dy] of SAMPLES) {
        const [x, y] = at(
          back,
          (px + dx - shot.middle.x) / shot.module,
          (py + dy - shot.middle.y) / shot.module,
        )
        sum += screen(x + size / 2, y + size / 2)
      }
      plane[py * SIDE + px] = sum / SAMPLES.length
    }
  return plane
}

const SAMPLES = [
  [0.25, 0.25],
  [0.75, 0.25],
  [0.25, 0.75],
  [0.75, 0.75],
] as const

/** Row by row. */
type Matrix = readonly [number, number, number, number, number, number, number, number, number]

function planeToPicture(view: { tilted: number; towards: number; roll: number; distance: number }): Matrix {
  const { tilted, towards, roll, distance } = view
  const [ct, st] = [Math.cos(tilted), Math.sin(tilted)]
  const [ca, sa] = [Math.cos(towards), Math.sin(towards)]
  const [cr, sr] = [Math.cos(roll), Math.sin(roll)]
  // Turned about an axis in the plane, then in the picture.
  const a = [ca * ca + ct * sa * sa, ca * sa * (1 - ct)] as const
  const b = [ca * sa * (1 - ct), sa * sa + ct * ca * ca] as const
  const row = (c: number, s: number) => [(c * a[0] - s * b[0]) * distance, (c * a[1] - s * b[1]) * distance]
  const [h0 = 0, h1 = 0] = row(cr, sr)
  const [h3 = 0, h4 = 0] = row(sr, -cr)
  return [h0, h1, 0, h3, h4, 0, -st * sa, st * ca, distance]
}

function inverseOf([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ]
}

function at([a, b, c, d, e, f, g, h, i]: Matrix, x: number, y: number): readonly [number, number] {
  const w = g * x + h * y + i
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w]
}

function cracked(shot: Shot, show: Screen): Screen {
  const { random } = shot
  const size = (2 * shot.half) / shot.module
  const blow = { x: random() * size * 1.2, y: random() * size * 1.2 }
  const cracks = Array.from({ length: 4 + random.below(5) }, () => ({
    angle: random() * 2 * Math.PI,
    width: between(shot, [0.2, 0.5]),
    light: random() < 0.5 ? BEZEL : 255,
    bend: (random() - 0.5) * 0.02,
    shift: { x: (random() - 0.5) * 0.6, y: (random() - 0.5) * 0.6 },
  })).sort((one, other) => one.angle - other.angle)
  return (x, y) => {
    const away = Math.hypot(x - blow.x, y - blow.y)
    const angle = (Math.atan2(y - blow.y, x - blow.x) + 2 * Math.PI) % (2 * Math.PI)
    const apart = (crack: { angle: number; bend: number }) =>
      angle - crack.angle - crack.bend * Math.sqrt(away)
    const hit = cracks.find((crack) => Math.abs(apart(crack)) * away < crack.width / 2)
    if (hit) return hit.light
    const shard = cracks.findLast((crack) => apart(crack) > 0) ?? cracks[cracks.length - 1]
    return show(x + (shard?.shift.x ?? 0), y + (shard?.shift.y ?? 0))
  }
}

function pixelled(shot: Shot, show: Screen): Screen {
  const perModule = between(shot, [8, 14])
  // Red, green, blue by what they weigh in luminance, and the dark between them.
  const stripes = [0.3 * 3, 0.59 * 3, 0.11 * 3, 0]
  return (x, y) => {
    const [sx, sy] = [x * perModule, y * perModule]
    const light = show((Math.floor(sx) + 0.5) / perModule, (Math.floor(sy) + 0.5) / perModule)
    const stripe = stripes[Math.floor((sx - Math.floor(sx)) * 4)] ?? 0
    return sy - Math.floor(sy) > 0.85 ? BEZEL : BEZEL + (light - BEZEL) * stripe
  }
}

/** A round of a tenth to an eighth of the code's side from its corner, or all that lies a module outside on one or two sides. */
function covered(shot: Shot, show: Screen): Screen {
  const size = (2 * shot.half) / shot.module
  if (shot.random() < 0.5) {
    const reach = between(shot, [0.2, 0.3]) * size
    return (x, y) => (Math.hypot(x - size, y - size) < reach ? 130 : show(x, y))
  }
  const isBoth = shot.random() < 0.5
  return (x, y) => (x < -1 || (isBoth && y > size + 1) ? BLACK : show(x, y))
}

function withGlare(plane: Plane, shot: Shot): Plane {
  const { random, middle, half } = shot
  const x = middle.x + (random() * 2 - 1) * half
  const y = middle.y + (random() * 2 - 1) * half
  const [long, wide] = [between(shot, [1 / 6, 1 / 3]) * half * 2, between(shot, [1 / 12, 1 / 6]) * half * 2]
  const turn = random() * Math.PI
  const [c, s] = [Math.cos(turn), Math.sin(turn)]
  return plane.map((value, i) => {
    const [dx, dy] = [(i % SIDE) - x, Math.floor(i / SIDE) - y]
    const away = ((dx * c + dy * s) / long) ** 2 + ((dy * c - dx * s) / wide) ** 2
    return value + 260 * Math.exp(-2 * away)
  })
}

function dim(plane: Plane, shot: Shot): Plane {
  const contrast = between(shot, [0.25, 0.4])
  const slope = (shot.random() - 0.5) * 0.6
  const dark = plane.map((value, i) => 18 + value * contrast * (1 + slope * ((i % SIDE) / SIDE - 0.5)))
  return grainy(dark, between(shot, [8, 14]), shot.random)
}

function withMoire(plane: Plane, shot: Shot): Plane {
  const { random } = shot
  const waves = Array.from({ length: 2 }, () => ({
    turn: random() * Math.PI,
    period: between(shot, [4, 14]),
    height: between(shot, [0.15, 0.3]),
  }))
  const band = { period: between(shot, [60, 160]), height: between(shot, [0.15, 0.35]) }
  return plane.map((value, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)]
    let light = 1 + band.height * Math.sin((2 * Math.PI * y) / band.period)
    for (const { turn, period, height } of waves)
      light += height * Math.sin((2 * Math.PI * (x * Math.cos(turn) + y * Math.sin(turn))) / period)
    return value * light
  })
}

function grainy(plane: Plane, sigma: number, random: Random): Plane {
  // The sum of three throws is near enough to a bell.
  return plane.map((value) => value + sigma * 2 * (random() + random() + random() - 1.5))
}

function blurred(plane: Plane, sigma: number): Plane {
  const reach = Math.ceil(2.5 * sigma)
  const steps = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach)
  const weights = steps.map((step) => Math.exp(-(step ** 2) / (2 * sigma ** 2)))
  const none = steps.map(() => 0)
  return convolved(convolved(plane, { weights, dx: steps, dy: none }), { weights, dx: none, dy: steps })
}

function moved(plane: Plane, length: number, turn: number): Plane {
  const count = Math.max(2, Math.ceil(length))
  const steps = Array.from({ length: count + 1 }, (_, i) => (i / count - 0.5) * length)
  return convolved(plane, {
    weights: steps.map(() => 1),
    dx: steps.map((step) => Math.round(step * Math.cos(turn * Math.PI))),
    dy: steps.map((step) => Math.round(step * Math.sin(turn * Math.PI))),
  })
}

interface Kernel {
  readonly weights: readonly number[]
  readonly dx: readonly number[]
  readonly dy: readonly number[]
}

function convolved(plane: Plane, { weights, dx, dy }: Kernel): Plane {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const made: Plane = new Float32Array(plane.length)
  for (let k = 0; k < weights.length; k++) {
    const [weight = 0, right = 0, down = 0] = [weights[k], dx[k], dy[k]]
    for (let y = 0; y < SIDE; y++) {
      const from = Math.min(SIDE - 1, Math.max(0, y + down)) * SIDE
      for (let x = 0; x < SIDE; x++) {
        const column = Math.min(SIDE - 1, Math.max(0, x + right))
        made[y * SIDE + x] = (made[y * SIDE + x] ?? 0) + ((plane[from + column] ?? 0) * weight) / total
      }
    }
  }
  return made
}

function pictureOf(plane: Plane): Picture {
  const data = new Uint8ClampedArray(4 * plane.length)
  for (let i = 0; i < plane.length; i++) {
    const value = plane[i] ?? 0
    for (let channel = 0; channel < 3; channel++) data[4 * i + channel] = value
    data[4 * i + 3] = 255
  }
  return { data, width: SIDE, height: SIDE }
}
