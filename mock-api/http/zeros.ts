/** Addresses with a zero character in them: no name has one, and no column of PostgreSQL can be compared with it. */
import type { MiddlewareHandler } from 'hono'
import type { HttpEnv } from './env.ts'
import { problemAnswer } from './problem.ts'

const ZERO = '%00'

/** In a path it leads nowhere; in a query it asks for nothing that there could be. */
export const refuseZeros: MiddlewareHandler<HttpEnv> = async (c, next) => {
  const [path = '', query = ''] = c.req.url.split('?', 2)
  if (path.includes(ZERO)) return problemAnswer('not_found')
  return query.includes(ZERO) ? problemAnswer('malformed') : next()
}
