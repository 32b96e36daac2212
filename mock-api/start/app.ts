/** Request to Response: the whole route table on one screen. Rules stand in the book, words on the wire in src/contract. */
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import type { Deps } from '../base/deps.ts'
import { COMMANDS_AT_ONCE_MAX } from '../base/limits.ts'
import { faultOf } from '../base/log.ts'
import { faults } from '../demo/faults.ts'
import { json, nothing, taggedJson } from '../http/answer.ts'
import { BodyBrokenError } from '../http/body.ts'
import { bookProblem } from '../http/book-problems.ts'
import type { HttpContext, HttpEnv } from '../http/env.ts'
import { keptNowhere, safeHeaders } from '../http/headers.ts'
import { noteTrouble } from '../http/note-trouble.ts'
import { brakeGuesses } from '../http/operator.ts'
import { originCheck } from '../http/origin.ts'
import { ProblemError, problemAnswer } from '../http/problem.ts'
import { sparingLimit } from '../http/rate-limit.ts'
import { wasCutOff } from '../http/serve.ts'
import type { Site } from '../http/static.ts'
import { Turns } from '../http/turns.ts'
import { wireOf } from '../http/wire.ts'
import { refuseZeros } from '../http/zeros.ts'
import { endAccount, listDevices, move, revokeDevice, signOut } from '../routes/account.ts'
import { publishAlertRoute, readCityAlerts, readOneAlert } from '../routes/alerts.ts'
import { decideCaseRoute, listCaseActs, listCases } from '../routes/cases.ts'
import { docsPage, specOf } from '../routes/docs.ts'
import { publishEventRoute, readCityEvents, readDemoEventCode, withdrawEventRoute } from '../routes/events.ts'
import { joinAsHelper, leaveAsHelper, listHelpers, logAsHelper, makeHelperCode } from '../routes/helping.ts'
import { helpingWords } from '../routes/helping-words.ts'
import { decideReviewRoute, listReviews } from '../routes/ops.ts'
import { opsWords } from '../routes/ops-words.ts'
import {
  answerCityContent,
  readCatalog,
  readHealth,
  readKeySet,
  readPack,
  readPackInForce,
} from '../routes/public.ts'
import { readDemoSms, requestCode, signIn } from '../routes/sign-in.ts'
import { readGbfs, readStations } from '../routes/stations.ts'
import { type Gate, sync } from '../routes/sync.ts'
import { handIn, handInKeys } from '../routes/tail.ts'
import { answerVoiceRoute, keepPhoto, listVoices, showPhoto, showVoicePhoto } from '../routes/voices.ts'
import { words } from '../routes/words.ts'
import { isAway, mayHelpLater } from '../storage/errors.ts'
import { addDeskAreaRoutes } from './desk-area-routes.ts'
import { addDeskRoutes } from './desk-routes.ts'
import { addDeskShopRoutes } from './desk-shop-routes.ts'
import { addDrawRoutes } from './draw-routes.ts'
import { addPictureRoutes } from './picture-routes.ts'
import { addProviderRoutes } from './provider-routes.ts'
import { addTillRoutes } from './till-routes.ts'

export type App = Hono<HttpEnv>

const api = '/api/v1'
const account = `${api}/accounts/:accountId` as const
const city = `${api}/cities/:city` as const
const photo = `${account}/photos/:digest` as const
const voice = `${api}/ops/voices/:accountId` as const
/** Behind `:city` stands the version of GBFS: a later one can be served beside it. */
const gbfs = `${api}/gbfs/:city/3.0` as const
const review = `${api}/ops/reviews/:accountId/:activityId` as const
const reviewCase = `${api}/ops/cases/:accountId/:cause` as const

/** A database that restarts is back within seconds; a phone keeps what it wanted to say. */
const BACK_AFTER_SECONDS = 1

/** `site`: the built app; without it there is only the API. */
export function createApp(deps: Deps, site?: Site): App {
  const app = new Hono<HttpEnv>()
  const gate = {
    countSync: sparingLimit(deps, deps.limits.syncsPerSession),
    turns: new Turns(COMMANDS_AT_ONCE_MAX),
  }

  app.use(safeHeaders(deps.config), noteTrouble(deps.log, deps.now))
  app.use(`${api}/*`, keptNowhere)
  app.use('/api/*', compress({ threshold: 1024 }), originCheck(deps.config, deps.log), refuseZeros)
  app.use(`${gbfs}/*`, cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['etag'] }))
  app.use(`${api}/ops/*`, brakeGuesses(deps))
  if (deps.config.faults) app.use(`${api}/*`, faults(deps.config.faults, deps.wait))

  app.get(`${api}/health`, words.health, async () => json(await readHealth(deps)))
  app.get(`${api}/keys`, words.keys, async (c) =>
    taggedJson(c, await readKeySet(deps, { isOld: wireOf(c) < 2 })),
  )
  app.get(`${api}/offers`, words.offers, async (c) => {
    const catalog = await readCatalog(deps, { isOld: wireOf(c) < 2 })
    return taggedJson(c, catalog, catalog.offers)
  })
  app.get(`${api}/packs`, words.packs, (c) => taggedJson(c, readPackInForce(c, deps)))
  app.get(`${api}/packs/:id/:version`, words.pack, (c) => taggedJson(c, readPack(c, deps)))
  app.get(`${city}/content`, words.cityContent, (c) => answerCityContent(c, deps))
  app.get(`${city}/stations`, words.stations, (c) => taggedJson(c, readStations(c, deps)))
  app.get(`${gbfs}/:file`, words.gbfs, (c) => taggedJson(c, readGbfs(c, deps)))
  app.get(`${city}/alerts`, words.cityAlerts, (c) => readCityAlerts(c, deps))
  app.get(`${api}/alerts/:identifier`, words.alert, (c) => readOneAlert(c, deps))
  app.get(`${city}/events`, words.cityEvents, async (c) => taggedJson(c, await readCityEvents(c, deps)))
  app.post(`${api}/sign-in/codes`, words.requestCode, async (c) => c.json(await requestCode(c, deps)))
  app.post(`${api}/sign-in`, words.signIn, async (c) => c.json(await signIn(c, deps)))
  app.get(`${api}/demo/sms`, words.demoSms, async (c) => json(await readDemoSms(c, deps)))
  app.get(`${api}/demo/events/:occurrenceId/code`, words.demoEventCode, async (c) =>
    json(await readDemoEventCode(c, deps)),
  )
  app.post(`${api}/sync`, words.sync, async (c) => json(await sync(c, deps, gate)))
  app.post(`${account}/tail`, words.tail, async (c) => json(await handIn(c, deps, gate)))
  app.post(`${account}/keys`, words.handInKeys, (c) => nothing(c, handInKeys(c, deps, gate)))
  app.post(`${account}/sign-out`, words.signOut, (c) => nothing(c, signOut(c, deps)))
  app.put(`${account}/city`, words.move, (c) => nothing(c, move(c, deps, gate)))
  accountsPhoneRoutes(app, deps, gate)
  app.put(photo, words.keepPhoto, (c) => nothing(c, keepPhoto(c, deps)))
  app.get(photo, words.photo, (c) => showPhoto(c, deps))
  app.delete(account, words.deleteAccount, async (c) => c.json(await endAccount(c, deps)))
  app.get(`${api}/ops/reviews`, opsWords.reviews, async (c) => json(await listReviews(c, deps)))
  app.post(review, opsWords.decideReview, async (c) => json(await decideReviewRoute(c, deps)))
  app.get(`${api}/ops/cases`, opsWords.cases, async (c) => json(await listCases(c, deps)))
  app.get(reviewCase, opsWords.caseActs, async (c) => json(await listCaseActs(c, deps)))
  app.post(reviewCase, opsWords.decideCase, async (c) => json(await decideCaseRoute(c, deps)))
  app.get(`${api}/ops/voices`, opsWords.voices, async (c) => json(await listVoices(c, deps)))
  app.post(`${voice}/:voiceId`, opsWords.answerVoice, async (c) => json(await answerVoiceRoute(c, deps)))
  app.get(`${voice}/photos/:digest`, opsWords.voicePhoto, (c) => showVoicePhoto(c, deps))
  app.post(`${api}/ops/alerts`, opsWords.publishAlert, async (c) => json(await publishAlertRoute(c, deps)))
  app.post(`${api}/ops/events`, opsWords.publishEvent, async (c) => json(await publishEventRoute(c, deps)))
  app.post(`${api}/ops/events/:occurrenceId/withdraw`, opsWords.withdrawEvent, async (c) =>
    json(await withdrawEventRoute(c, deps)),
  )
  addProviderRoutes(app, deps)
  addDrawRoutes(app, deps)
  addPictureRoutes(app, deps)
  addDeskRoutes(app, deps)
  addDeskAreaRoutes(app, deps)
  addDeskShopRoutes(app, deps)
  addTillRoutes(app, deps, gate)
  app.get(`${api}/openapi.json`, async (c) => taggedJson(c, await specOf(app)))
  app.get('/api/docs', async () => docsPage(await specOf(app)))

  app.notFound((c) => serveSite(c, site) ?? problemAnswer('not_found'))
  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemAnswer(error.code, error.options)
    const refused = bookProblem(error)
    if (refused) return problemAnswer(refused)
    if (error instanceof BodyBrokenError) return brokenOff(c, deps)
    deps.log('error', isAway(error) ? 'database away' : 'fault', { fault: faultOf(error) })
    if (mayHelpLater(error)) return problemAnswer('busy', { retryAfterSeconds: BACK_AFTER_SECONDS })
    return problemAnswer('internal')
  })
  return app
}

/** Which phones are at an account: its owner’s, and those of whoever logs for it. */
function accountsPhoneRoutes(app: App, deps: Deps, gate: Gate): void {
  app.get(`${account}/devices`, words.devices, async (c) => json(await listDevices(c, deps)))
  app.delete(`${account}/devices/:deviceId`, words.revokeDevice, (c) => nothing(c, revokeDevice(c, deps)))
  app.get(`${account}/helpers`, helpingWords.helpers, async (c) => json(await listHelpers(c, deps)))
  app.post(`${account}/helpers/:helperId/code`, helpingWords.helperCode, async (c) =>
    c.json(await makeHelperCode(c, deps)),
  )
  app.post(`${api}/helping`, helpingWords.joinAsHelper, async (c) => c.json(await joinAsHelper(c, deps)))
  app.post(`${api}/helping/:accountId/log`, helpingWords.logAsHelper, async (c) =>
    json(await logAsHelper(c, deps, gate)),
  )
  app.post(`${api}/helping/:accountId/leave`, helpingWords.leaveAsHelper, (c) =>
    nothing(c, leaveAsHelper(c, deps)),
  )
}

/** Nobody is there to read the answer; the log is told what happened, and that it was not us. */
function brokenOff(c: HttpContext, deps: Deps): Response {
  const isTimedOut = wasCutOff(c.env?.incoming)
  const why = isTimedOut ? 'timed out' : 'client aborted'
  deps.log('info', 'request', {
    method: c.req.method,
    route: routePath(c, -1),
    why,
    status: isTimedOut ? 408 : 499,
  })
  return problemAnswer(isTimedOut ? 'timed_out' : 'malformed')
}

function serveSite(c: HttpContext, site: Site | undefined): Promise<Response> | undefined {
  const isPage = ['GET', 'HEAD'].includes(c.req.method) && !c.req.path.startsWith('/api/')
  return isPage ? site?.(c) : undefined
}
