/** A test in each browser of another maker, with a server of its own, and a gateway before it; a visible skip where a browser is lacking. */
import { afterEach, beforeEach, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { type Driven, OTHER_BROWSERS } from './other-browsers.ts'
import { type Gateway, placeGateway } from './place-gateway.ts'

interface Around {
  readonly browser: Driven
  readonly server: Server
  readonly gateway: Gateway
}

/** Once in a `describe`. `what` the browser does, behind its name. */
export function inOtherBrowsers(what: string, walk: (around: Around) => Promise<void>): void {
  let server: Server
  let gateway: Gateway
  let browser: Driven | undefined
  beforeEach(async () => {
    server = await startServer()
    gateway = await placeGateway(server)
  })
  afterEach(async () => {
    await browser?.end()
    browser = undefined
    await gateway.end()
    await server.end()
  })

  for (const { name, lacking, open } of OTHER_BROWSERS)
    it.skipIf(lacking !== '')(`${name} ${what}${lacking}`, async () => {
      browser = await open()
      await walk({ browser, server, gateway })
    })
}
