/**
 * How far this app does what a system of a plan asks: in answers.json, one line for each system. Whoever adds a screen that does more changes
 * that line. Kept apart from the packs: they say what a city asks, these lines what this build can do.
 */
import type { System, SystemFunction } from '../schema.ts'
import data from './answers.json' with { type: 'json' }

/** `not-ours`: for the city or its companies to do, and nothing for this app. */
export const SYSTEM_STATES = ['does', 'part', 'not-yet', 'not-ours'] as const
/** `open`: nobody has compared the system with this app yet, as with a city or a system that came after this build. */
export type SystemState = (typeof SYSTEM_STATES)[number] | 'open'

interface SystemAnswer {
  readonly state: (typeof SYSTEM_STATES)[number]
  /** For each function, or other part that the plan names, that the app does or does in part: the name of the route where. */
  readonly by?: Readonly<Record<string, string>>
  /** What it does, what is lacking, or whose business it is. */
  readonly zh: string
  readonly en: string
}

const answers = data as Readonly<Record<string, SystemAnswer>>

export function answerTo(id: string): SystemAnswer | null {
  return Object.hasOwn(answers, id) ? (answers[id] as SystemAnswer) : null
}

export function stateOf(id: string): SystemState {
  return answerTo(id)?.state ?? 'open'
}

/** One thing that a system has to do, with the route where this app does it; null where it does not. */
interface Asked<Code extends string> {
  readonly code: Code
  readonly route: string | null
}

/** Parts that the plan lists by name stand first; the functions are those not among them. */
export function askedOf(system: System): {
  readonly parts: readonly (Asked<string> & { readonly nameZh: string; readonly nameEn: string })[]
  readonly functions: readonly Asked<SystemFunction>[]
} {
  const by = answerTo(system.id)?.by ?? {}
  const routeOf = (code: string) => by[code] ?? null
  const parts = system.parts?.items ?? []
  const named = new Set(parts.map(({ code }) => code))
  return {
    parts: parts.map((one) => ({ ...one, route: routeOf(one.code) })),
    functions: system.functions
      .filter((code) => !named.has(code))
      .map((code) => ({ code, route: routeOf(code) })),
  }
}

/** How many are in each state; those without any are left out. */
export function countStates(systems: readonly System[]): { state: SystemState; count: number }[] {
  const states = systems.map(({ id }) => stateOf(id))
  return ([...SYSTEM_STATES, 'open'] as const)
    .map((state) => ({ state, count: states.filter((one) => one === state).length }))
    .filter(({ count }) => count > 0)
}
