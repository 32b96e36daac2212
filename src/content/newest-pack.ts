/** Which of two packs of a city holds: the one that came with the app, or a later one that the phone has kept. What is broken or older is never shown. */
import type { CityPack } from './schema.ts'

/** What tells one pack of a city from the next. */
type PackVersion = Pick<CityPack, 'version' | 'revision'>

export function isNewer(one: PackVersion, than: PackVersion): boolean {
  if (one.version !== than.version) return one.version > than.version
  return (one.revision ?? 1) > (than.revision ?? 1)
}

/** An HTTP entity tag: a pack's version names its content, so the phone can ask for what is newer than the pack in the app. */
export function packTag({ city, version, revision = 1 }: Pick<CityPack, 'city'> & PackVersion): string {
  return `W/"${city.id}-${version}-${revision}"`
}

/** @param kept what the phone has kept under this city's name, by whatever version of the app. */
export async function newestPack(builtIn: CityPack, kept: unknown): Promise<CityPack> {
  if (!claimsToBeNewer(kept, builtIn)) return builtIn
  // The schema is of use to the few phones that have kept a newer pack.
  const { checkPackTolerantly } = await import('./check-pack.ts')
  const checked = checkPackTolerantly(kept, builtIn.city.id)
  return 'pack' in checked ? checked.pack : builtIn
}

function claimsToBeNewer(kept: unknown, builtIn: CityPack): boolean {
  if (typeof kept !== 'object' || kept === null) return false
  const { schema, version } = kept as Partial<Record<keyof CityPack, unknown>>
  if (schema !== builtIn.schema || typeof version !== 'string') return false
  return isNewer(kept as PackVersion, builtIn)
}
