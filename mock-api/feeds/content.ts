/** What a city's plans say: the newest of the build's pack, the one in the operator's folder, and what the desk has published. */
import { checkPack } from '../../src/content/check-pack.ts'
import { isNewer } from '../../src/content/newest-pack.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'
import type { CityId } from '../../src/domain/base/city.ts'
import { dayOf } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'
import { ProblemError } from '../http/problem.ts'
import {
  type ContentPackRow,
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

/** The pack with its key and the text that is kept, or what is wrong with it, by its place. */
export async function checkedPack(deps: Deps, city: CityId, value: unknown): Promise<NewPack> {
  const checked = checkPack(value, city)
  if ('fault' in checked) throw new ProblemError('malformed', { detail: `pack.${checked.fault}` })
  const { version, revision = 1 } = checked.pack
  const pack = { city, version, revision, text: JSON.stringify(checked.pack) }
  if (await isServedAlready(deps, pack)) return pack
  const newest = await newestOf(deps, city)
  if (!isNewer(pack, newest))
    throw new ProblemError('malformed', {
      detail: `pack.version: expected newer than ${newest.version} (${newest.revision ?? 1})`,
    })
  // Phones would keep it, and hold every later one for older.
  const today = dayOf(deps.now())
  if (version > today && version > newest.version)
    throw new ProblemError('malformed', { detail: `pack.version: expected no later than today, ${today}` })
  return pack
}

export interface NewPack extends Pick<ContentPackRow, 'city' | 'version' | 'revision'> {
  readonly text: string
}

/** Sent again, because its answer was lost. */
async function isServedAlready(deps: Deps, pack: NewPack): Promise<boolean> {
  const served = await readServedPack(deps.db, pack.city)
  const isSame = served?.version === pack.version && served.revision === pack.revision
  return isSame && (await readPackText(deps.db, pack)) === pack.text
}

/** Also one that was taken back counts: phones may still have it, and would not take another under its name. */
async function newestOf(deps: Deps, city: CityId): Promise<Pick<CityPack, 'version' | 'revision'>> {
  const inHand: Pick<CityPack, 'version' | 'revision'> = deps.published.get(city) ?? (await loadCity(city))
  const before = (await readContentPacks(deps.db)).filter((each) => each.city === city)
  return before.reduce((newest, each) => (isNewer(each, newest) ? each : newest), inHand)
}
