/** What a city's plans say: the newest of the build's pack, the one in the operator's folder, and what the desk has published. */
import { checkPack } from '../../src/content/check-pack.ts'
import { isNewer } from '../../src/content/newest-pack.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { dayOf } from '../../src/domain/base/time.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Deps } from '../base/deps.ts'
import { ProblemError } from '../http/problem.ts'
import {
  type ContentPackRow,
  insertPack,
  readContentPacks,
  readPackText,
  readServedPack,
} from '../storage/content-packs.ts'

export async function contentOf(deps: Deps, city: CityId): Promise<CityPack> {
  const inHand = deps.published.get(city) ?? (await loadCity(city))
  const row = await readServedPack(deps.db, city)
  if (!row || !isNewer(row, inHand)) return inHand
  const text = await readPackText(deps.db, row)
  return text === undefined ? inHand : (JSON.parse(text) as CityPack)
}

/** The pack, or what is wrong with it, by its place. */
export async function checkedPack(deps: Deps, city: CityId, value: unknown): Promise<CityPack> {
  const checked = checkPack(value, city)
  if ('fault' in checked) throw new ProblemError('malformed', { detail: `pack.${checked.fault}` })
  const { pack } = checked
  const before = (await readContentPacks(deps.db)).filter((each) => each.city === city)
  if (await isServedAlready(deps, before, keyOfPack(city, pack), pack)) return pack
  const newest = await newestOf(deps, city, before)
  if (!isNewer(pack, newest))
    throw new ProblemError('malformed', {
      detail: `pack.version: expected newer than ${newest.version} (${newest.revision ?? 1})`,
    })
  // Phones would keep it, and hold every later one for older.
  const today = dayOf(deps.now())
  if (pack.version > today && pack.version > newest.version)
    throw new ProblemError('malformed', { detail: `pack.version: expected no later than today, ${today}` })
  return pack
}

/** Also one that was taken back counts: phones may still have it, and would not take another under its name. */
async function newestOf(
  deps: Deps,
  city: CityId,
  before: readonly ContentPackRow[],
): Promise<Pick<CityPack, 'version' | 'revision'>> {
  const inHand: Pick<CityPack, 'version' | 'revision'> =
    deps.published.get(city) ?? (await loadCity(city))
  return before.reduce((newest, each) => (isNewer(each, newest) ? each : newest), inHand)
}

export async function publishPack(deps: Deps, city: CityId, pack: CityPack): Promise<void> {
  await insertPack(deps.db, keyOfPack(city, pack), { text: canonicalJson(pack), at: deps.now() })
}

function keyOfPack(city: CityId, { version, revision = 1 }: CityPack) {
  return { city, version, revision }
}

/** Sent again, because its answer was lost. */
async function isServedAlready(
  deps: Deps,
  before: readonly ContentPackRow[],
  key: ReturnType<typeof keyOfPack>,
  pack: CityPack,
): Promise<boolean> {
  const same = before.find(({ version, revision }) => version === key.version && revision === key.revision)
  if (!same || same.takenBackAt !== null) return false
  return (await readPackText(deps.db, key)) === canonicalJson(pack)
}
