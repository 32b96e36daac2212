/**
 * `npm run bench [part…]`: measures and prints; it never says that something is wrong. Parts: size, lighthouse, offline, home, ledger, outbox,
 * waiting, backend, state, reports, kills, search, forger, cheats, tracks, legs, trip, scan, till, shops; all of them without a name. Trial runs: BENCH_RUNS, BENCH_RECORDS, BENCH_COMMANDS,
 * BENCH_SECONDS, BENCH_ACCOUNTS, BENCH_PERSONS; BENCH_BUILT=1 takes dist as it is; BENCH_TRACKS names a folder of real track files.
 */
import { spawn } from 'node:child_process'
import { backendPart } from './backend.ts'
import { cheatsPart } from './cheats.ts'
import { type Part, printed } from './figures.ts'
import { forgerPart } from './forger.ts'
import { homePart } from './home.ts'
import { killsPart } from './kills.ts'
import { ledgerPart } from './ledger.ts'
import { legsPart } from './legs.ts'
import { lighthousePart } from './lighthouse.ts'
import { loadLine, machineFacts } from './machine.ts'
import { offlinePart } from './offline.ts'
import { outboxPart } from './outbox.ts'
import { reportsPart } from './reports.ts'
import { scanPart } from './scan.ts'
import { searchPart } from './search.ts'
import { shopsPart } from './shops.ts'
import { sizePart } from './size.ts'
import { statePart } from './state.ts'
import { tillPart } from './till.ts'
import { tracksPart } from './tracks.ts'
import { tripPart } from './trip.ts'
import { waitingPart } from './waiting.ts'

const PARTS: readonly Part[] = [
  sizePart,
  lighthousePart,
  offlinePart,
  homePart,
  ledgerPart,
  outboxPart,
  waitingPart,
  backendPart,
  statePart,
  reportsPart,
  killsPart,
  searchPart,
  forgerPart,
  cheatsPart,
  tracksPart,
  legsPart,
  tripPart,
  scanPart,
  tillPart,
  shopsPart,
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !PARTS.some((part) => part.name === name))
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')}; there are ${PARTS.map((part) => part.name).join(', ')}`)
  process.exit(2)
}
const parts = PARTS.filter((part) => asked.length === 0 || asked.includes(part.name))

for (const fact of await machineFacts()) console.info(fact)
if (process.env.BENCH_BUILT !== '1' && parts.some((part) => part.needsBuild)) await build()

let failures = 0
for (const part of parts) {
  console.info(`\n${part.name} — ${part.how}\n  [${loadLine()}]`)
  const startedAt = performance.now()
  try {
    await part.run(printed)
  } catch (error) {
    // A part that cannot be measured here must not hide the others.
    failures++
    console.error(error)
  }
  printed.note(`took ${Math.round((performance.now() - startedAt) / 1000)} s`)
}
process.exit(failures === 0 ? 0 : 1)

function build(): Promise<void> {
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {
    stdio: 'inherit',
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`vite build ended with ${code}`)),
    )
  })
}
