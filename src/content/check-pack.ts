/** Whether something is a pack of this city: for packs that come from outside the app, on the phone and in the backend. */
import * as v from 'valibot'
import { readTolerantly } from '../contract/tolerant.ts'
import { type CityPack, cityPackSchema } from './schema.ts'

type CheckedPack = { readonly pack: CityPack } | { readonly fault: string }

/** The fault names the place in the pack, never its words. */
export function checkPack(value: unknown, cityId: string): CheckedPack {
  const read = v.safeParse(cityPackSchema, value)
  if (!read.success) {
    const [issue] = read.issues
    const wanted = issue.type === 'check' ? issue.message : issue.expected
    return { fault: `${v.getDotPath(issue) ?? 'the whole'}: expected ${wanted ?? 'otherwise'}` }
  }
  return checkNames(read.output, cityId)
}

/** More rows than these that cannot be read, in per cent, and the pack in hand says more than the later one. */
const LEFT_OUT_MAX_PERCENT = 10

/** On a phone: what a later build knows of and this one does not is left out, and the rest is read. */
export function checkPackTolerantly(value: unknown, cityId: string): CheckedPack {
  const pack = readTolerantly(cityPackSchema, value)
  if (pack === undefined) return { fault: 'the whole' }
  const lists = listsOf(pack)
  const { leftOut = 0 } = pack
  const rows = lists.flat().length + leftOut
  if (leftOut * 100 > rows * LEFT_OUT_MAX_PERCENT || (leftOut > 0 && lists.some((list) => list.length === 0)))
    return { fault: `${leftOut} of ${rows} rows cannot be read` }
  return checkNames(pack, cityId)
}

function checkNames(pack: CityPack, cityId: string): CheckedPack {
  if (pack.city.id !== cityId) return { fault: `city.id: is of ${pack.city.id}` }
  const ids = listsOf(pack)
    .flat()
    .map((one) => one.id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  return twice === undefined ? { pack } : { fault: `id: ${twice} stands twice` }
}

/** A pack of before the systems has none, and is whole without. */
function listsOf({ indicators, measures, events, districts, systems }: CityPack) {
  return [indicators, measures, events, districts, ...(systems ? [systems] : [])]
}
