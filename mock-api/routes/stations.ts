/** Where stations are and what is free there: for the app in one answer, and for everybody as a GBFS 3.0 feed. */
import * as v from 'valibot'
import type { CityStations } from '../../src/contract/stations.ts'
import type { Deps } from '../base/deps.ts'
import { hasBikes } from '../demo/sample-bikes.ts'
import { gbfsFile, isGbfsFile } from '../feeds/gbfs.ts'
import { stationsOf } from '../feeds/stations.ts'
import type { HttpContext } from '../http/env.ts'
import { publicOrigin } from '../http/origin.ts'
import { ProblemError } from '../http/problem.ts'
import { cityParam } from './public.ts'

/** What every file of a GBFS feed has; MobilityData's schemas hold the rest. */
export const gbfsSchema = v.looseObject({
  last_updated: v.pipe(v.string(), v.isoTimestamp()),
  ttl: v.number(),
  version: v.literal('3.0'),
  data: v.looseObject({}),
})

export function readStations(c: HttpContext, deps: Deps): CityStations {
  return stationsOf(cityParam(c), { now: deps.now(), hasSamples: deps.config.demo })
}

export function readGbfs(c: HttpContext, deps: Deps): object {
  const city = cityParam(c)
  const name = (c.req.param('file') ?? '').replace(/\.json$/, '')
  if (!deps.config.demo || !hasBikes(city) || !c.req.path.endsWith('.json') || !isGbfsFile(name))
    throw new ProblemError('not_found')
  const baseUrl = publicOrigin(c, deps.config) + c.req.path.slice(0, c.req.path.lastIndexOf('/'))
  return gbfsFile(name, { city, now: deps.now(), baseUrl })
}
