/** Request to Response: the whole route table on one screen. Rules stand in the book, words on the wire in src/contract. */
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Deps } from './deps.ts'
import { json, taggedJson } from './http/answer.ts'
import type { HttpEnv } from './http/env.ts'
import { safeHeaders } from './http/headers.ts'
import { faultOf } from './http/log.ts'
import { originCheck } from './http/origin.ts'
import { ProblemError, problemAnswer } from './http/problem.ts'
import { memoryLimit } from './http/rate-limit.ts'
import { readCatalog, readHealth, readKeySet } from './routes/public.ts'
import { readDemoSms, requestCode, signIn } from './routes/sign-in.ts'
import { sync } from './routes/sync.ts'

export type App = Hono<HttpEnv>

export function createApp(deps: Deps): App {
  const app = new Hono<HttpEnv>()
  const api = '/api/v1'
  const countSync = memoryLimit(deps.limits.syncsPerSession)

  app.use(safeHeaders(deps.config))
  app.use('/api/*', compress({ threshold: 1024 }), originCheck(deps.config))

  app.get(`${api}/health`, async () => json(await readHealth(deps)))
  app.get(`${api}/keys`, async (c) => taggedJson(c, await readKeySet(deps)))
  app.get(`${api}/offers`, async (c) => {
    const catalog = await readCatalog(deps)
    return taggedJson(c, catalog, catalog.offers)
  })
  app.get(`${api}/packs`, (c) => taggedJson(c, deps.pack))
  app.post(`${api}/sign-in/codes`, async (c) => json(await requestCode(c, deps)))
  app.post(`${api}/sign-in`, async (c) => c.json(await signIn(c, deps)))
  app.get(`${api}/demo/sms`, async (c) => json(await readDemoSms(c, deps)))
  app.post(`${api}/sync`, async (c) => json(await sync(c, deps, countSync)))

  app.notFound(() => problemAnswer('not_found'))
  app.onError((error) => {
    if (error instanceof ProblemError) return problemAnswer(error.code, error.options)
    deps.log('error', 'fault', { fault: faultOf(error) })
    return problemAnswer('internal')
  })
  return app
}
