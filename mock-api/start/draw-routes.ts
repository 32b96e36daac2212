/** The part of the route table that draws have. */
import type { Deps } from '../base/deps.ts'
import { taggedJson } from '../http/answer.ts'
import { drawWords } from '../routes/draw-words.ts'
import { readDrawRoute } from '../routes/draws.ts'
import type { App } from './app.ts'

export function addDrawRoutes(app: App, deps: Deps): void {
  app.get('/api/v1/draws/:offerId/:version', drawWords.draw, async (c) =>
    taggedJson(c, await readDrawRoute(c, deps)),
  )
}
