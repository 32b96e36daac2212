/** Whether something is a pack of this city: for packs that come from outside the app, on the phone and in the backend. */
import * as v from 'valibot'
import { type CityPack, cityPackSchema } from './schema.ts'

export type CheckedPack = { readonly pack: CityPack } | { readonly fault: string }

/** The fault names the place in the pack, never its words. */
export function checkPack(value: unknown, cityId: string): CheckedPack {
  const read = v.safeParse(cityPackSchema, value)
  if (!read.success) {
    const [issue] = read.issues
    const wanted = issue.type === 'check' ? issue.message : issue.expected
    return { fault: `${v.getDotPath(issue) ?? 'the whole'}: expected ${wanted ?? 'otherwise'}` }
  }
  const pack = read.output
  if (pack.city.id !== cityId) return { fault: `city.id: is of ${pack.city.id}` }
  const ids = [pack.indicators, pack.measures, pack.events, pack.districts].flat().map((one) => one.id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  return twice === undefined ? { pack } : { fault: `id: ${twice} stands twice` }
}
