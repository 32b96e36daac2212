// How somebody travelled, by pace alone: the first rule of a list that fits. The list is data; what it cannot tell it says by its confidence.

import type { Pace } from './track-pace.ts'
import rules from './travel-mode.json' with { type: 'json' }

/** As far as motion alone can tell. A bus, a car and a metro are one: which of them, only the person or a provider can say. */
export type TravelMode = 'walk' | 'bike' | 'vehicle'

export interface ModeGuess {
  readonly kind: TravelMode
  /** How often, of a thousand generated trips that this rule caught, it was right. */
  readonly permille: number
  /** What it most likely was, if not that. */
  readonly runnerUp: TravelMode
}

type Bounds = { readonly [Figure in keyof Pace]?: readonly [least: number, most: number] }

export interface Rule extends ModeGuess {
  /** All must hold, both bounds included; a figure that is unknown fits none. */
  readonly when: Bounds
}

/** The last rule has no bounds, so that there is always an answer. `node test/support/mode-list.ts` counts how sure each is. */
const RULES = rules as readonly unknown[] as readonly Rule[]

/** The kind that such a pace most often is, how sure that is, and the next one. */
export function modeOf(pace: Pace): ModeGuess {
  const { kind, permille, runnerUp } = ruleFor(pace, RULES)
  return { kind, permille, runnerUp }
}

/** The first whose bounds the pace keeps; else the last. */
export function ruleFor(pace: Pace, list: readonly Rule[]): Rule {
  return list.find(({ when }) => fits(when, pace)) ?? list.at(-1)!
}

function fits(when: Bounds, pace: Pace): boolean {
  return (Object.entries(when) as [keyof Pace, readonly [number, number]][]).every(
    ([figure, [least, most]]) => {
      const value = pace[figure]
      return value !== undefined && value >= least && value <= most
    },
  )
}
