/** An event as it stands in the desk's form, and as it is sent. */
import { type OccurrenceDraft, occurrenceDraftSchema } from '../../../contract/events.ts'
import type { CityId } from '../../../domain/base/city.ts'
import type { Occurrence } from '../../../domain/taking-part/occurrence.ts'
import type { TypedNumbers } from '../../desk-draft.ts'
import { readForm } from '../../form-faults.ts'

export interface EventForm {
  /** Of one that is there; empty for a new one. */
  id: string
  eventId: string
  city: CityId
  fromDay: string
  toDay: string
  titleZh: string
  titleEn: string
  placeZh: string
  placeEn: string
  points: number | null
  typed: TypedNumbers
  code: string
}

export function emptyEventForm(): EventForm {
  return {
    ...{ id: '', eventId: '', city: 'jinan', fromDay: '', toDay: '', titleZh: '', titleEn: '' },
    ...{ placeZh: '', placeEn: '', points: 0, typed: {}, code: '' },
  }
}

/** The code is never told again: it is typed anew, or there is no check-in any more. */
export function eventFormOf(event: Occurrence): EventForm {
  const { id, eventId, city, fromDay, toDay, titleZh, titleEn, placeZh = '', placeEn = '', points } = event
  return {
    id,
    eventId,
    city,
    fromDay,
    toDay,
    titleZh,
    titleEn,
    placeZh,
    placeEn,
    points,
    typed: {},
    code: '',
  }
}

/** `isSample`: of a demo, in which nothing takes place. */
export function readEventForm(
  form: EventForm,
  { isSample }: { isSample: boolean },
): { readonly draft: OccurrenceDraft } | { readonly faults: ReadonlySet<string> } {
  const { id, placeZh, placeEn, code, typed: _, ...same } = form
  const read = readForm(occurrenceDraftSchema, {
    ...same,
    sample: isSample,
    ...(id ? { id } : {}),
    ...(placeZh.trim() ? { placeZh } : {}),
    ...(placeEn.trim() ? { placeEn } : {}),
    ...(code.trim() ? { code } : {}),
  })
  if ('value' in read) return { draft: read.value }
  return { faults: new Set([...read.faults].map(fieldOfEvent)) }
}

/** What is wrong with the whole is its days, or a place in one language alone. */
export function fieldOfEvent(member: string): string {
  return member === '' || member === 'body' ? 'toDay' : member
}
