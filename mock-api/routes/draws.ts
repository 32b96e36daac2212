/** Draws, for everybody: how many are in, then the entries' root, then how it came out. */
import type { DrawAnswer } from '../../src/contract/draws.ts'
import type { Deps } from '../base/deps.ts'
import type { HttpContext } from '../http/env.ts'
import { ProblemError } from '../http/problem.ts'
import { readDrawn, readEntryIds } from '../storage/draw-entries.ts'
import { readDraw } from '../storage/draws.ts'
import { readOfferVersion } from '../storage/offers.ts'

export async function readDrawRoute(c: HttpContext, deps: Deps): Promise<DrawAnswer> {
  const key = { offerId: c.req.param('offerId') ?? '', version: Number(c.req.param('version')) }
  if (!Number.isSafeInteger(key.version)) throw new ProblemError('not_found')
  const row = await readDraw(deps.db, key)
  const offer = row && (await readOfferVersion(deps.db, key.offerId, key.version))
  if (!row || !offer?.draw || (offer.sample && !deps.config.demo)) throw new ProblemError('not_found')
  const isOut = row.state === 'drawn' || row.state === 'done'
  const { root, statement, rootedAt } = row
  const isRooted = root !== null && statement !== null && rootedAt !== null
  const { opensAt, closesAt, pieces, commitment } = offer.draw
  return {
    offerId: key.offerId,
    offerVersion: key.version,
    state: isOut ? 'drawn' : row.state === 'open' && deps.now() < closesAt ? 'open' : 'closed',
    ...{ opensAt, closesAt, pieces, commitment },
    count: row.entries,
    ...(isRooted ? { rooted: { root, statement, at: rootedAt } } : {}),
    ...(isOut && isRooted
      ? {
          result: {
            secret: deps.secret.drawSecret(key.offerId, key.version),
            entries: await readEntryIds(deps.db, key),
            winners: await readDrawn(deps.db, key, pieces),
          },
        }
      : {}),
  }
}
