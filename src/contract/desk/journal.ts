/** The journal of an office, as a phone gets its own: records with their texts, under a signed head. */
import * as v from 'valibot'
import { wireRecordSchema } from '../sync.ts'
import { pageOf } from './page.ts'

export const officeJournalSchema = v.strictObject({
  accountId: v.string(),
  records: v.array(wireRecordSchema),
  head: v.string(),
  lastSeq: v.number(),
  hasMore: v.boolean(),
})

/** To look through: without the head, and not in the order of the chain. */
export const officeRecordsSchema = pageOf(wireRecordSchema)
