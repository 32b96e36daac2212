/**
 * What `npm run test:quick` leaves out beside browsers and the simulation: the few files that take half of the time. More than three seconds each:
 * whole lives, processes of their own, dumps of every schema, pictures, a build. `npm test` runs them.
 */
import { existsSync } from 'node:fs'

const NOT_QUICK = [
  ...['actions/backup', 'actions/full-disk'],
  ...['content/guides', 'content/search-pieces', 'content/sixth-city', 'domain/toy-kind'],
  ...['mock-api/cheats', 'mock-api/citus', 'mock-api/deploy', 'mock-api/draws'],
  ...['mock-api/honest-till.property', 'mock-api/lines', 'mock-api/lost-database', 'mock-api/process'],
  ...['mock-api/route-table', 'mock-api/sync', 'mock-api/turns-of-processes', 'mock-api/upgrade'],
  ...['restore/draws', 'restore/shop', 'restore/two-acceptances'],
  ...['scan/read-careful', 'scan/read-picture'],
  ...['stores/content', 'stores/stores', 'sync/pass'],
  ...['tracks/bad-fixes', 'tracks/legs', 'tracks/way-length', 'ui/forms'],
].map((name) => `test/${name}.test.ts`)

export function notQuick(): string[] {
  // One that was renamed would come back without a word.
  for (const file of NOT_QUICK) if (!existsSync(file)) throw new Error(`no file ${file}`)
  return NOT_QUICK
}
