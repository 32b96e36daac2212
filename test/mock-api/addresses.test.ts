/** What stands in an address and can be no name and no question: said so by every route, and never a fault of ours. */
import { expect, it } from 'vitest'
import { startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'
import { deskHeaders } from '../support/operator.ts'

it('a zero character leads nowhere in a path and asks for nothing in a query', async () => {
  const backend = await startBackend()
  try {
    const headers = await deskHeaders(backend)
    const ask = async (method: string, path: string) =>
      (await call(backend, { method: method.toUpperCase(), path, headers })).status
    const spec = await call(backend, { method: 'GET', path: '/api/v1/openapi.json' })
    const { paths } = (await spec.json()) as { paths: Record<string, object> }
    const routes = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => ({ method, path })),
    )
    expect(routes.length).toBeGreaterThan(60)
    for (const { method, path } of routes) {
      const named = path.replaceAll(/\{\w+\}/g, 'a%00b')
      if (named !== path) expect(await ask(method, named), `${method} ${named}`).toBe(404)
      const asking = `${path.replaceAll(/\{\w+\}/g, 'zibo')}?kind=%00`
      expect(await ask(method, asking), `${method} ${asking}`).toBeOneOf([400, 403])
    }
  } finally {
    await backend.close()
  }
})
