/**
 * Content packs that an operator publishes between two builds: `<city>.json` in one folder, read once at the start. One that is broken, not
 * newer than the build's, or dated ahead of today is refused with a line in the log, and the build's is served.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkPack } from '../../src/content/check-pack.ts'
import { isNewer } from '../../src/content/newest-pack.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack } from '../../src/content/schema.ts'
import { CITY_IDS, type CityId } from '../../src/domain/base/city.ts'
import { dayOf } from '../../src/domain/base/time.ts'
import type { Deps } from '../base/deps.ts'

export async function readPublished(
  folder: string,
  { log, now }: Pick<Deps, 'log' | 'now'>,
): Promise<ReadonlyMap<CityId, CityPack>> {
  const published = new Map<CityId, CityPack>()
  const today = dayOf(now())
  for (const city of CITY_IDS) {
    const text = textOf(join(folder, `${city}.json`))
    if (text === undefined) continue
    const checked = checkPack(parsed(text), city)
    const fault = 'pack' in checked ? faultOf(checked.pack, await loadCity(city), today) : checked.fault
    if ('pack' in checked && fault === undefined) {
      published.set(city, checked.pack)
      log('info', 'content published', { city, version: checked.pack.version })
    } else log('error', 'content refused, the one of this build is served', { city, fault })
  }
  return published
}

function faultOf(pack: CityPack, builtIn: CityPack, today: string): string | undefined {
  if (!isNewer(pack, builtIn)) return `version: ${pack.version} is not newer than ${builtIn.version}`
  // Phones would keep it, and hold every later build for older.
  if (pack.version > today && pack.version > builtIn.version)
    return `version: ${pack.version} is ahead of today`
  return undefined
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined
    return '' // there, but not to be read: no JSON, and refused as such
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
