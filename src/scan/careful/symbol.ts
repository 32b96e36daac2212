/**
 * The plan of a QR code of the versions that vouchers have, small codes at level M and full tokens at level L: which modules are known beforehand, in
 * which order the others carry words, and in which blocks. ISO/IEC 18004.
 */

interface Plan {
  readonly version: number
  readonly level: 'M' | 'L'
  /** Rows and columns of alignment patterns: annex E. */
  readonly alignments: readonly number[]
  /** Data words of each block, and check words of each: table 9. */
  readonly blocks: readonly number[]
  readonly checks: number
}

const PLANS: readonly Plan[] = [
  { version: 7, level: 'M', alignments: [6, 22, 38], blocks: [31, 31, 31, 31], checks: 18 },
  { version: 8, level: 'M', alignments: [6, 24, 42], blocks: [38, 38, 39, 39], checks: 22 },
  { version: 14, level: 'L', alignments: [6, 26, 46, 66], blocks: [115, 115, 115, 116], checks: 30 },
  { version: 15, level: 'L', alignments: [6, 26, 48, 70], blocks: [87, 87, 87, 87, 87, 88], checks: 22 },
  { version: 16, level: 'L', alignments: [6, 26, 50, 74], blocks: [98, 98, 98, 98, 98, 99], checks: 24 },
  {
    version: 17,
    level: 'L',
    alignments: [6, 30, 54, 78],
    blocks: [107, 108, 108, 108, 108, 108],
    checks: 28,
  },
]

export interface QrSymbol {
  /** Modules of a side. */
  readonly size: number
  readonly level: 'M' | 'L'
  readonly blocks: readonly number[]
  readonly checks: number
  /** Modules that are light or dark whatever the code says. */
  readonly known: readonly { readonly x: number; readonly y: number; readonly isDark: boolean }[]
  /** Places, row by row, of the modules that carry words, in the order in which they are read: eight are a word. */
  readonly order: readonly number[]
}

/** From a finder's middle to the code's edge, in modules. */
export const FINDER = 3.5

/** What a module is; of 0 nothing is known. */
const [DATA, LIGHT, DARK, OTHER] = [0, 1, 2, 3]

type Put = (x: number, y: number, what: number) => void

export const SYMBOLS: readonly QrSymbol[] = PLANS.map(({ version, level, alignments, blocks, checks }) => {
  const size = 17 + 4 * version
  const modules = new Uint8Array(size * size)
  const put: Put = (x, y, what) => {
    if (x >= 0 && y >= 0 && x < size && y < size) modules[y * size + x] = what
  }
  putFormat(put, size)
  for (let i = 0; i < size; i++) {
    put(i, 6, i % 2 === 0 ? DARK : LIGHT)
    put(6, i, i % 2 === 0 ? DARK : LIGHT)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    putSquares(put, { x, y, reach: 4, light: [2, 4] })
  const last = alignments.at(-1) ?? 0
  const isFinder = (x: number, y: number) =>
    (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6)
  for (const y of alignments)
    for (const x of alignments) if (!isFinder(x, y)) putSquares(put, { x, y, reach: 2, light: [1] })
  const all = [...modules.entries()].map(([place, what]) => ({
    x: place % size,
    y: Math.floor(place / size),
    what,
  }))
  return {
    ...{ size, level, blocks, checks },
    known: all
      .filter(({ what }) => what === LIGHT || what === DARK)
      .map(({ x, y, what }) => ({ x, y, isDark: what === DARK })),
    order: orderOf(size, (place) => modules[place] === DATA),
  }
})

function putFormat(put: Put, size: number): void {
  for (let i = 0; i < 9; i++) {
    put(i, 8, OTHER)
    put(8, i, OTHER)
    put(size - 1 - i, 8, OTHER)
    put(8, size - 1 - i, OTHER)
  }
  put(size - 9, 8, DATA)
  put(8, size - 9, DATA)
  put(8, size - 8, DARK)
  // From version 7 on it says which it is.
  for (let i = 0; i < 18; i++) {
    const [across, along] = [size - 11 + (i % 3), Math.floor(i / 3)]
    put(across, along, OTHER)
    put(along, across, OTHER)
  }
}

/** Squares within each other. @param light the distances from the middle at which they are light. */
function putSquares(put: Put, of: { x: number; y: number; reach: number; light: readonly number[] }): void {
  const { reach } = of
  for (let y = -reach; y <= reach; y++)
    for (let x = -reach; x <= reach; x++)
      put(of.x + x, of.y + y, of.light.includes(Math.max(Math.abs(x), Math.abs(y))) ? LIGHT : DARK)
}

/** Two columns at a time from the right, up and down by turns, past the column of the timing. */
function orderOf(size: number, isData: (place: number) => boolean): number[] {
  const order: number[] = []
  let isUp = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right--
    for (let i = 0; i < size; i++) {
      const row = (isUp ? size - 1 - i : i) * size
      order.push(...[row + right, row + right - 1].filter(isData))
    }
    isUp = !isUp
  }
  return order
}

/** Which modules are turned over: table 10. */
export const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

/** The fifteen bits that say the level and each of the masks: annex C. */
const FORMATS = {
  M: [0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0],
  L: [0x77c4, 0x72f3, 0x7daa, 0x789d, 0x662f, 0x6318, 0x6c41, 0x6976],
} as const

/** Where the format's bits stand, each twice, and which of them are dark for each mask. */
export function formatsOf({
  size,
  level,
}: QrSymbol): readonly { readonly x: number; readonly y: number; readonly dark: readonly boolean[] }[] {
  return Array.from({ length: 15 }, (_, i) => {
    const dark = FORMATS[level].map((format) => ((format >> (14 - i)) & 1) === 1)
    // Both copies pass by the timing.
    const one = i < 8 ? { x: i < 6 ? i : i + 1, y: 8 } : { x: 8, y: i < 9 ? 15 - i : 14 - i }
    const other = i < 7 ? { x: 8, y: size - 1 - i } : { x: size - 15 + i, y: 8 }
    return [
      { ...one, dark },
      { ...other, dark },
    ]
  }).flat()
}
