/** The part of the route table that the desk's areas have: what waits, offers, content, what is published, scores, totals. */
import type { Deps } from '../base/deps.ts'
import { json, nothing } from '../http/answer.ts'
import { areaWords as words } from '../routes/desk/area-words.ts'
import {
  listContentPacks,
  publishPackRoute,
  readServedContent,
  takePackBackRoute,
} from '../routes/desk/content.ts'
import { listDeskAlerts, listDeskEvents, previewAlert } from '../routes/desk/feeds.ts'
import {
  listDeskOffers,
  listOfferVersions,
  publishOfferRoute,
  raiseStockRoute,
  stopOfferRoute,
} from '../routes/desk/offers.ts'
import { callOffDeskPlanting, listDeskPlanting, publishDeskPlanting } from '../routes/desk/planting.ts'
import { scoreRoute } from '../routes/desk/scores.ts'
import { listServices } from '../routes/desk/services.ts'
import { listWeeks } from '../routes/desk/totals.ts'
import { readWaiting } from '../routes/desk/waiting.ts'
import type { App } from './app.ts'

const ops = '/api/v1/ops'
const offer = `${ops}/offers/:offerId` as const
const content = `${ops}/content/:city` as const

export function addDeskAreaRoutes(app: App, deps: Deps): void {
  app.get(`${ops}/waiting`, words.waiting, async (c) => json(await readWaiting(c, deps)))
  app.get(`${ops}/weeks`, words.weeks, async (c) => json(await listWeeks(c, deps)))
  app.get(`${ops}/offers`, words.offers, async (c) => json(await listDeskOffers(c, deps)))
  app.get(offer, words.offerVersions, async (c) => json(await listOfferVersions(c, deps)))
  app.post(`${ops}/offers`, words.publishOffer, async (c) => json(await publishOfferRoute(c, deps)))
  app.post(`${offer}/stop`, words.stopOffer, async (c) => json(await stopOfferRoute(c, deps)))
  app.post(`${offer}/stock`, words.raiseStock, async (c) => json(await raiseStockRoute(c, deps)))
  app.get(`${ops}/content`, words.contentPacks, async (c) => json(await listContentPacks(c, deps)))
  app.get(content, words.servedContent, async (c) => json(await readServedContent(c, deps)))
  app.get(`${ops}/services`, words.services, async (c) => json(await listServices(c, deps)))
  app.post(content, words.publishPack, (c) => nothing(c, publishPackRoute(c, deps)))
  app.post(`${content}/take-back`, words.takePackBack, (c) => nothing(c, takePackBackRoute(c, deps)))
  app.get(`${ops}/events`, words.events, async (c) => json(await listDeskEvents(c, deps)))
  app.get(`${ops}/planting-days`, words.planting, async (c) => json(await listDeskPlanting(c, deps)))
  app.post(`${ops}/planting-days`, words.publishPlanting, async (c) =>
    json(await publishDeskPlanting(c, deps)),
  )
  app.post(`${ops}/planting-days/:dayId/call-off`, words.callOffPlanting, (c) =>
    nothing(c, callOffDeskPlanting(c, deps)),
  )
  app.get(`${ops}/alerts`, words.alerts, async (c) => json(await listDeskAlerts(c, deps)))
  app.post(`${ops}/alerts/preview`, words.previewAlert, async (c) => json(await previewAlert(c, deps)))
  app.post(`${ops}/nominations/:accountId/:voiceId/scores`, words.score, async (c) =>
    json(await scoreRoute(c, deps)),
  )
}
