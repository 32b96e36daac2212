/** A planting day as it stands in the desk's form, with times of Shandong, and as it is sent. */
import { type DeskPlantingDraft, deskPlantingDraftSchema } from '../../../contract/desk/planting.ts'
import { callOffNoteSchema } from '../../../contract/planting.ts'
import type { CityId } from '../../../domain/base/city.ts'
import type { PlantingDay } from '../../../domain/taking-part/planting.ts'
import type { TypedNumbers } from '../../desk-draft.ts'
import { readForm } from '../../form-faults.ts'
import { localTime, timeIn } from '../../local-time.ts'

export interface PlantingForm {
  /** Of one that is there; empty for a new one. */
  id: string
  base: number
  /** Who holds it. */
  provider: string
  city: CityId
  titleZh: string
  titleEn: string
  placeZh: string
  placeEn: string
  bringZh: string
  bringEn: string
  /** `2026-11-29T09:00`, in Shandong. */
  starts: string
  ends: string
  cancelBy: string
  places: number | null
  typed: TypedNumbers
}

/** What can be wrong by itself. */
export type PlantingField = Exclude<keyof PlantingForm, 'typed'>

export function emptyPlantingForm(): PlantingForm {
  return {
    ...{ id: '', base: 0, provider: '', city: 'jinan', titleZh: '', titleEn: '', placeZh: '', placeEn: '' },
    ...{ bringZh: '', bringEn: '', starts: '', ends: '', cancelBy: '', places: null, typed: {} },
  }
}

export function plantingFormOf(day: PlantingDay): PlantingForm {
  const { id, revision: base, provider, city, titleZh, titleEn, placeZh, placeEn, bringZh, bringEn } = day
  return {
    ...{ id, base, provider, city, titleZh, titleEn, placeZh, placeEn, bringZh, bringEn },
    ...{ starts: localTime(day.startsAt), ends: localTime(day.endsAt), cancelBy: localTime(day.cancelBy) },
    ...{ places: day.places, typed: {} },
  }
}

/** Where members of the draft stand in the form. */
const FIELD_OF: Readonly<Record<string, PlantingField>> = { startsAt: 'starts', endsAt: 'ends' }
const FIELDS: ReadonlySet<string> = new Set(Object.keys(emptyPlantingForm()))

export function fieldOfPlanting(member: string): PlantingField | '' {
  return FIELD_OF[member] ?? (FIELDS.has(member) ? (member as PlantingField) : '')
}

/** The draft, or the fields that are in its way. */
export function readPlantingForm(
  form: PlantingForm,
): { readonly draft: DeskPlantingDraft } | { readonly faults: ReadonlySet<string> } {
  const { id, starts, ends, cancelBy, typed: _, ...same } = form
  const read = readForm(deskPlantingDraftSchema, {
    ...same,
    ...{ startsAt: timeIn(starts), endsAt: timeIn(ends), cancelBy: timeIn(cancelBy) },
    ...(id ? { id } : {}),
  })
  return 'value' in read ? { draft: read.value } : { faults: new Set([...read.faults].map(fieldOfPlanting)) }
}

/** What is wrong with the whole is that it is said in one language alone. */
export function readCallOff({ noteZh, noteEn }: { noteZh: string; noteEn: string }) {
  const said = { ...(noteZh.trim() ? { noteZh } : {}), ...(noteEn.trim() ? { noteEn } : {}) }
  const read = readForm(callOffNoteSchema, said)
  return 'value' in read ? { draft: read.value } : read
}
