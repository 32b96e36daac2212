/**
 * What the guide to the bins holds: the four classes of GB/T 19095-2019, and what it keeps apart from them. For tests; the app reads only the types.
 * A word that may mean several things (电池) has no bin of its own: it asks which of them is meant.
 */
import * as v from 'valibot'
import { CITY_IDS, type CityId } from '../../domain/base/city.ts'

/** The four bins, then what is collected apart from them, then what no collection of household waste takes. */
export const BINS = ['recyclable', 'hazardous', 'kitchen', 'other', 'bulky', 'renovation', 'special'] as const

/** The standard's five kinds of recyclables; electronics are those of the cities' lists. */
const MATERIALS = ['paper', 'plastic', 'metal', 'glass', 'textile', 'electronics'] as const

/** What to do with it first, said once for all items that need the same. */
export const TIPS = [
  'flatten',
  'rinse',
  'sharp',
  'dry-bundle',
  'wipe-data',
  'appliance',
  'whole',
  'fire',
  'unbroken',
  'medicine',
  'seal',
  'drain',
  'unpack',
  'oil',
  'wrap-dirty',
  'empty',
  'book',
  'big-appliance',
  'site',
] as const

const text = v.pipe(v.string(), v.trim(), v.minLength(1))
const itemId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/))
const names = {
  id: itemId,
  nameZh: text,
  nameEn: text,
  alsoZh: v.array(text),
  alsoEn: v.array(text),
}

const sorting = {
  bin: v.picklist(BINS),
  material: v.optional(v.picklist(MATERIALS)),
  tip: v.optional(v.picklist(TIPS)),
  noteZh: v.optional(text),
  noteEn: v.optional(text),
  /** Its note says what people get wrong. */
  isOftenWrong: v.optional(v.literal(true)),
  /** Cities or districts sort it differently. */
  varies: v.optional(v.literal(true)),
}

const sortedItemSchema = v.strictObject({ ...names, ...sorting })

/** A word for several items, which lie in different bins or need different care. */
const openItemSchema = v.strictObject({ ...names, which: v.pipe(v.array(itemId), v.minLength(2)) })

const overrideSchema = v.strictObject({ ...sorting, ruleZh: text, ruleEn: text })

/** By city and item: how that city sorts it, and by which rule of its own. An item that it sorts as the standard does has no entry. */
export const binOverridesSchema = v.record(v.picklist(CITY_IDS), v.record(itemId, overrideSchema))

export const binItemSchema = v.union([sortedItemSchema, openItemSchema])

export type Bin = (typeof BINS)[number]
type BinOverride = v.InferOutput<typeof overrideSchema>
export type BinOverrides = Readonly<Partial<Record<CityId, Readonly<Record<string, BinOverride>>>>>
export type SortedItem = v.InferOutput<typeof sortedItemSchema> & {
  /** This city's own sorting: its rule, and the bin that the standard has. */
  readonly ofCity?: { readonly ruleZh: string; readonly ruleEn: string; readonly elsewhere: Bin }
}
export type OpenItem = v.InferOutput<typeof openItemSchema>
export type BinItem = SortedItem | OpenItem
