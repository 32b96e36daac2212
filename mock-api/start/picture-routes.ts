/** The part of the route table that pictures of offers have. */
import type { Deps } from '../base/deps.ts'
import { json } from '../http/answer.ts'
import { pictureWords as words } from '../routes/picture-words.ts'
import { bringPicture, showBroughtPicture, showPicture } from '../routes/pictures.ts'
import type { App } from './app.ts'

export function addPictureRoutes(app: App, deps: Deps): void {
  app.get('/api/v1/pictures/:digest', words.picture, (c) => showPicture(c, deps))
  app.post('/api/v1/ops/pictures', words.bring, async (c) => json(await bringPicture(c, deps)))
  app.get('/api/v1/ops/pictures/:digest', words.brought, (c) => showBroughtPicture(c, deps))
}
