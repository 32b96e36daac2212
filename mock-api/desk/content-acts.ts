/** Content packs: what the desk publishes beside the build’s, and takes back. The words of a pack travel as text: they hold fractions. */
import * as v from 'valibot'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import type { OfficeAct } from '../base/office-act.ts'
import type { NewPack } from '../feeds/content.ts'
import { insertPack, takePackBack } from '../storage/content-packs.ts'

const key = { city: v.picklist(CITY_IDS), version: v.string(), revision: v.number() }
const packSchema = v.strictObject({ ...key, text: v.string() })
const keySchema = v.strictObject(key)

export const publishPackAct: OfficeAct<NewPack, void> = {
  name: 'content.publish',
  payload: packSchema,
  run: (deps, { payload }) => insertPack(deps.db, payload, { text: payload.text, at: deps.now() }),
}

/** Phones are given the pack of before again, the next time that they ask. */
export const takePackBackAct: OfficeAct<v.InferOutput<typeof keySchema>, void> = {
  name: 'content.take-back',
  payload: keySchema,
  run: (deps, { payload }) => takePackBack(deps.db, payload, deps.now()),
}

export const CONTENT_ACTS: readonly OfficeAct[] = [publishPackAct, takePackBackAct]
