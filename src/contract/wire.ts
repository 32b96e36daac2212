/**
 * The version of the wire. Builds of 2026-11-21 say none, parse answers strictly, and are answered as then: what came later (new members, outcomes,
 * kinds) goes only to those who say that they read it. A sync says it in its body, every other request in its address.
 */
import * as v from 'valibot'
import { MOTION_MEMBER, TEMPO_MEMBER } from '../domain/evidence/activity.ts'
import { STOPS_MEMBER } from '../domain/evidence/stops.ts'
import { APPEAL_PHOTO_MEMBER } from '../domain/taking-part/voice.ts'

/** What this build speaks. From 2 on, answers are read tolerantly (tolerant.ts). */
export const WIRE = 2

/** Members of requests that came after wire 2 and that this backend reads: said in each `ok` of a sync, so that a phone sends what is read. */
export const READS: readonly string[] = [STOPS_MEMBER, MOTION_MEMBER, TEMPO_MEMBER, APPEAL_PHOTO_MEMBER]

/** A phone of a later build says a later version, and is answered with what this backend knows. */
const WIRE_MAX = 1000

export const wireSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(2), v.maxValue(WIRE_MAX))

/** As a query's text says it. */
export function wireIn(query: string | undefined): number {
  return query !== undefined && /^\d{1,4}$/.test(query) ? Math.max(1, Number(query)) : 1
}
