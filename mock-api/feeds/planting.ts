/** Days of planting that are told to anybody: by these a sign-up is decided. */
import type { Command } from '../../src/domain/ledger/command.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import type { Deps } from '../base/deps.ts'
import { readPlantingDaysOf } from '../storage/planting-days.ts'

/** Samples that a demo left in the database are nobody's once the demo is off. */
export function isPlantingTold(deps: Deps, { sample }: PlantingDay): boolean {
  return deps.config.demo || !sample
}

/** Those that commands wish for, by their ids: what a sign-up is decided by. */
export async function wishedPlantingDays(
  deps: Deps,
  commands: readonly Command[],
): Promise<ReadonlyMap<string, PlantingDay>> {
  const ids = commands.flatMap(({ kind, body }) => (kind === 'planting.join' ? [body.dayId] : []))
  if (ids.length === 0) return new Map()
  const days = await readPlantingDaysOf(deps.db, ids)
  return new Map([...days].filter(([, day]) => isPlantingTold(deps, day)))
}
