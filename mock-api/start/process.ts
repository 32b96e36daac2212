/** The backend as a process: reads the settings, opens the database, serves app and API, sweeps every minute, and stops cleanly. */
import type { Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { KEY_PURPOSES } from '../../src/proof/keys.ts'
import type { Deps } from '../base/deps.ts'
import { faultOf } from '../base/log.ts'
import { sweepInTurn } from '../book/sweep-in-turn.ts'
import { applyTombstones } from '../book/tombstone.ts'
import { seedProviders } from '../demo/sample-providers.ts'
import { seed } from '../demo/seed.ts'
import { listen } from '../http/serve.ts'
import { openSite } from '../http/static.ts'
import { sayWrongSecret } from '../keys/kept-secret.ts'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { readPublished } from './content.ts'
import { type Opened, open, run } from './open.ts'
import { tighten } from './private-folder.ts'

const SWEEP_EVERY_MS = 60_000
/** A request that has not ended by then will not; its command is in the device's outbox and comes again. */
const STOP_WITHIN_MS = 10_000

await run(async (config) => {
  const opened = await open(config)
  try {
    await start(config, opened)
    return 0
  } catch (error) {
    await opened.close()
    throw error
  }
})

async function start(config: Config, opened: Opened): Promise<void> {
  const { deps } = opened
  await checkSecret(deps)
  await deps.keyring.renew()
  await applyTombstones(deps)
  await deps.recovery.restoredAt() // before the first phone asks
  if (config.demo) {
    await seed(deps)
    await seedProviders(deps)
  }
  tighten(config.dataDir) // PGlite gives its files a mode of its own, whatever the process's mask
  const built = openSite(fileURLToPath(new URL('../../dist', import.meta.url)))
  const published = await readPublished(config.contentDir, deps)
  const app = createApp({ ...deps, published }, built)
  const server = await listen(app.fetch, { ...config, log: deps.log })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  const shown = config.host === '127.0.0.1' ? 'localhost' : config.host
  const notes = [
    deps.db.kind,
    ...(config.demo ? ['示例数据'] : []),
    ...(built ? [] : ['没有构建好的页面，只有接口']),
  ]
  const hasDesk = built && (config.demo || config.opsToken !== undefined)
  const desk = hasDesk ? `工作台 Desk at http://${shown}:${port}/ops\n` : ''
  // At once: whoever reads as far as the address may have closed the pipe by a second time.
  process.stdout.write(`绿迹 已就绪 Ready at http://${shown}:${port} (${notes.join('，')})\n${desk}`)
  const stopSweeping = keepSweeping(opened)
  const stop = onceStopped(server, async () => {
    await stopSweeping()
    await opened.close()
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
}

/** Better at the start than at the first signature. */
async function checkSecret({ keyring }: Deps): Promise<void> {
  for (const purpose of KEY_PURPOSES) await keyring.signingKey(purpose).catch(sayWrongSecret)
}

/** One sweep after another, never two at once; answers how to end it. */
function keepSweeping({ deps }: Opened): () => Promise<void> {
  const holder = deps.newId()
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = running
      .then(async () => void (await sweepInTurn(deps, holder)))
      .then(() => renewKeys(deps))
      .then(() => void tighten(deps.config.dataDir))
  }, SWEEP_EVERY_MS)
  running = sweepInTurn(deps, holder).then(() => {})
  return async () => {
    clearInterval(timer)
    await running
  }
}

/** A process may run for longer than a key lasts. What fails now is tried again in a minute. */
async function renewKeys({ keyring, log }: Deps): Promise<void> {
  await keyring.renew().catch((error: unknown) => log('error', 'keys not renewed', { fault: faultOf(error) }))
}

function onceStopped(server: Server, close: () => Promise<void>): () => void {
  return () => {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    server.close(() => {
      close().then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${faultOf(error)}\n`)
          process.exit(1)
        },
      )
    })
    // Kept connections without a request would hold the door open.
    server.closeIdleConnections()
  }
}
