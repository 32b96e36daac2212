/** What became of a sign-up: its day was changed or called off, or its holder says whether the person came. */
import type { Decision } from '../ledger/decision.ts'
import type { Ledger } from '../ledger/ledger-state.ts'
import type { PlantingDay } from '../taking-part/planting.ts'
import { noDays, type StepRules } from './kind.ts'

export const plantingUpdate: StepRules = {
  needs: noDays,
  post(ledger, _body, { about = '', plantingNews, planting }) {
    const open = ledger.plantings?.[about]
    if (!open || !plantingNews) return
    if (plantingNews !== 'changed') delete ledger.plantings?.[about]
    else if (planting) {
      const { startsAt, endsAt, cancelBy } = planting
      ledger.plantings = { ...ledger.plantings, [about]: { ...open, startsAt, endsAt, cancelBy } }
    }
  },
}

/** Undefined: nothing of that is open, or with somebody else. */
export function decidePlantingUpdate(
  said: { readonly provider: string; readonly joinId: string },
  { plantings }: Pick<Ledger, 'plantings'>,
): Decision | undefined {
  if (plantings?.[said.joinId]?.provider !== said.provider) return undefined
  return { outcome: 'accepted', reasons: [], transfers: [], about: said.joinId }
}

/** A day changes more than once; who came is said once. */
export function plantingUpdateIdOf(
  joinId: string,
  told: Pick<PlantingDay, 'revision'> | 'came' | 'absent',
): string {
  return `planting.update:${joinId}:${typeof told === 'string' ? told : told.revision}`
}
