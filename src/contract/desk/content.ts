/** Content packs as the desk uploads, lists and takes them back. */
import * as v from 'valibot'
import { CITY_IDS } from '../../domain/base/city.ts'
import { instant } from '../command.ts'
import { pageOf } from './page.ts'

/** Twice the longest pack so far. */
export const PACK_BYTES_MAX = 2 * 1024 * 1024

const version = v.pipe(v.string(), v.isoDate())
const revision = v.pipe(v.number(), v.safeInteger(), v.minValue(1))

/** What it has to hold, src/content says; here only that it is an object. */
export const packUploadSchema = v.strictObject({ pack: v.looseObject({}) })

export const packKeySchema = v.strictObject({ version, revision })

const contentPackSchema = v.strictObject({
  city: v.picklist(CITY_IDS),
  version: v.string(),
  revision,
  publishedAt: instant,
  takenBackAt: v.exactOptional(instant),
  /** What phones are given now. */
  isServed: v.boolean(),
})

export const contentPacksSchema = pageOf(contentPackSchema)

export type ContentPackLine = v.InferOutput<typeof contentPackSchema>
