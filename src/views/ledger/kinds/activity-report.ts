/** An act that a provider reported: it looks as one that the person logged. */
import { activityRecord } from './activity-record.ts'
import type { KindFace } from './face.ts'

const { accepted, about, icon, word, title }: KindFace = activityRecord

export const activityReport: KindFace = { accepted, about, icon, word, title }
