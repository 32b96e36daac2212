/**
 * Planting days of organisers without engineers. A new day and a changed one want a second person, because people come; a storm waits for nobody, so
 * that calling off wants one.
 */
import * as v from 'valibot'
import { type DeskPlantingDraft, deskPlantingDraftSchema } from '../../src/contract/desk/planting.ts'
import { callOffNoteSchema } from '../../src/contract/planting.ts'
import type { PlantingDay } from '../../src/domain/taking-part/planting.ts'
import type { Deps } from '../base/deps.ts'
import type { OfficeAct } from '../base/office-act.ts'
import { BookError } from '../book/errors.ts'
import { proposalOfRun } from '../book/proposals.ts'
import { dayOfDraft, isSameDay, keepPlantingDay, plantingFault } from '../book/publish-planting.ts'
import { tellSignUps } from '../book/sign-ups.ts'
import { readPlantingDaysOf } from '../storage/planting-days.ts'

/** Of a day that the desk makes: by its act, so that it is made once. */
function plantingIdOf(actId: string): string {
  return `planting-${proposalOfRun(actId) ?? actId}`
}

export async function readOnePlanting(deps: Deps, id: string): Promise<PlantingDay | undefined> {
  return (await readPlantingDaysOf(deps.db, [id])).get(id)
}

export const publishPlantingAct: OfficeAct<DeskPlantingDraft, void> = {
  name: 'planting.publish',
  payload: deskPlantingDraftSchema,
  fourEyes: {
    approvedBy: ['approver'],
    before: async (deps, { id }) => {
      const day = id === undefined ? undefined : await readOnePlanting(deps, id)
      return day ? draftOf(day) : {}
    },
  },
  async run(deps, { actId, payload: { id = plantingIdOf(actId), base, provider: holder, ...words } }) {
    const provider = (await deps.providers.all()).get(holder)
    if (!provider) throw new BookError('nothing_waits')
    const before = await readOnePlanting(deps, id)
    const day = dayOfDraft(provider, { ...words, id }, before)
    if (!(before && isSameDay(before, day))) {
      // It waited for a second person until somebody else had changed it, or until it had begun.
      const isLate = (before?.revision ?? 0) !== base || day.startsAt <= deps.now()
      if (isLate || plantingFault(provider, day, before)) throw new BookError('already_decided')
    }
    await keepAndTell(deps, day, before)
  },
}

/** As a draft would say it: what differs is what would change. */
function draftOf({ revision: base, sample: _, calledOff: __, ...words }: PlantingDay): DeskPlantingDraft {
  return { ...words, base }
}

const callOffSchema = v.strictObject({ dayId: v.string(), note: callOffNoteSchema })

export const callOffPlantingAct: OfficeAct<v.InferOutput<typeof callOffSchema>, void> = {
  name: 'planting.call-off',
  payload: callOffSchema,
  async run(deps, { payload: { dayId, note } }) {
    const before = await readOnePlanting(deps, dayId)
    if (!before) throw new BookError('nothing_waits')
    // Whoever was first has said why.
    const day = before.calledOff ? before : { ...before, revision: before.revision + 1, calledOff: note }
    await keepAndTell(deps, day, before)
  },
}

export const PLANTING_ACTS: readonly OfficeAct[] = [publishPlantingAct, callOffPlantingAct]

/** Whoever signed up is told at once; whom a crash leaves out, the sweeper tells. */
async function keepAndTell(deps: Deps, day: PlantingDay, before: PlantingDay | undefined): Promise<void> {
  if (!(await keepPlantingDay(deps, day, before))) throw new BookError('contended')
  await tellSignUps(deps)
}
