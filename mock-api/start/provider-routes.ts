/** The part of the route table that services that report have: theirs, the person's, the operator's, and the demo's in their place. */
import type { Deps } from '../base/deps.ts'
import { json, nothing, taggedJson } from '../http/answer.ts'
import { pickupSimulated } from '../routes/demo-pickups.ts'
import { actSimulated, linkSimulated } from '../routes/demo-providers.ts'
import {
  deliverFileRoute,
  listEvents,
  publishProvider,
  revokeProviderKeyRoute,
} from '../routes/ops-providers.ts'
import { plantingSimulated, publishPlantingRoute, readCityPlanting } from '../routes/planting.ts'
import { plantingWords } from '../routes/planting-words.ts'
import { providerWords } from '../routes/provider-words.ts'
import {
  checkReport,
  listLinks,
  listProviders,
  lookUpClaim,
  makeLinkCode,
  poll,
  pushReports,
  redeemCode,
} from '../routes/providers.ts'
import { words } from '../routes/words.ts'
import type { App } from './app.ts'

const api = '/api/v1'
const account = `${api}/accounts/:accountId` as const
const provider = `${api}/providers/:providerId` as const
const opsProvider = `${api}/ops/providers/:providerId` as const

export function addProviderRoutes(app: App, deps: Deps): void {
  app.get(`${api}/providers`, providerWords.providers, async (c) => taggedJson(c, await listProviders(deps)))
  app.post(`${provider}/events`, providerWords.pushReports, (c) => pushReports(c, deps))
  app.post(`${provider}/check`, providerWords.checkReport, async (c) => json(await checkReport(c, deps)))
  app.post(`${provider}/links`, providerWords.redeemLinkCode, async (c) => json(await redeemCode(c, deps)))
  app.post(`${provider}/feed`, providerWords.pollFeed, async (c) => json(await poll(c, deps)))
  app.get(`${api}/claims/:claimId`, providerWords.claim, async (c) => json(await lookUpClaim(c, deps)))
  app.post(`${api}/demo/providers/:providerId/links`, words.demoLink, (c) =>
    nothing(c, linkSimulated(c, deps)),
  )
  app.post(`${account}/demo-acts/:providerId`, words.demoAct, (c) => nothing(c, actSimulated(c, deps)))
  app.post(`${account}/demo-pickups/:pickupId`, providerWords.demoPickup, (c) =>
    nothing(c, pickupSimulated(c, deps)),
  )
  app.get(`${api}/cities/:city/planting-days`, plantingWords.days, async (c) =>
    taggedJson(c, await readCityPlanting(c, deps)),
  )
  app.put(`${provider}/planting-days/:dayId`, plantingWords.publish, async (c) =>
    json(await publishPlantingRoute(c, deps)),
  )
  app.post(`${account}/demo-plantings/:joinId`, plantingWords.demo, (c) =>
    nothing(c, plantingSimulated(c, deps)),
  )
  app.post(`${account}/links/:consentId/code`, words.linkCode, async (c) => json(await makeLinkCode(c, deps)))
  app.get(`${api}/ops/providers`, providerWords.eventCounts, async (c) => json(await listEvents(c, deps)))
  app.put(opsProvider, providerWords.publishProvider, async (c) => json(await publishProvider(c, deps)))
  app.post(`${opsProvider}/file`, providerWords.deliverFile, async (c) =>
    json(await deliverFileRoute(c, deps)),
  )
  app.delete(`${opsProvider}/keys/:kid`, providerWords.revokeProviderKey, (c) =>
    nothing(c, revokeProviderKeyRoute(c, deps)),
  )
  app.get(`${account}/links`, providerWords.links, async (c) => json(await listLinks(c, deps)))
}
