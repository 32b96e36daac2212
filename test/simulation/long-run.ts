/**
 * `npm run test:sim [first seed] [count] [hardship …]`: the simulation over many seeds. Says each minute, at the end and when it is told to end
 * (SIGTERM, SIGINT) how many steps it went through, how fast, and how many promises were broken; a seed that fails is named with its steps and
 * hardships, and the next goes on. Told to end, it names the seed to go on from: runs of several days add up in docs/simulated.md.
 * A step is one turn of a run; in it, whoever else is there acts too.
 */
import { reuseDatabases } from '../support/database.ts'
import { BrokenInvariant, type Promised, promiseOf } from './checks.ts'
import { noCounts } from './counts.ts'
import { ROOM_NAMES, type RoomName } from './rooms.ts'
import { simulate } from './simulate.ts'

const first = Number(process.argv[2] ?? 1000)
const count = Number(process.argv[3] ?? 2000)
/** Named ones on every seed; otherwise every other seed goes through all of them. */
const named = process.argv.slice(4)
const wanted = ROOM_NAMES.filter((name) => named.includes(name))
if (wanted.length < named.length) throw new Error(`hardships: ${ROOM_NAMES.join(', ')}`)
reuseDatabases()
const totals = {
  ...{ steps: 0, acts: 0, records: 0, crashes: 0, forks: 0, taken: 0, replayed: 0, vouchers: 0 },
  ...noCounts(),
}
const broken: Record<Promised, number> = { lost: 0, doubled: 0, unpaid: 0, other: 0 }
const failed: number[] = []
const begun = performance.now()
const SAY_EVERY_MS = 60_000

const hardshipsOf = (seed: number): boolean | readonly RoomName[] =>
  wanted.length > 0 ? wanted : seed % 4 === 3 ? ROOM_NAMES : seed % 2 === 1

/** The seeds before it are done. */
let seed = first
let saidAt = begun
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    say()
    process.exit(failed.length === 0 ? 0 : 1)
  })

for (; seed < first + count; seed++) {
  const steps = 60 + (seed % 3) * 60
  try {
    const report = await simulate(seed, { steps, hardships: hardshipsOf(seed) })
    for (const key of Object.keys(totals) as (keyof typeof totals)[])
      totals[key] +=
        key in report.hardships
          ? report.hardships[key as keyof typeof report.hardships]
          : report[key as 'records']
  } catch (error) {
    failed.push(seed)
    broken[promiseOf(error)]++
    console.error(`seed ${seed} failed: ${steps} steps, hardships ${JSON.stringify(hardshipsOf(seed))}`)
    console.error(error instanceof BrokenInvariant ? error.message : error)
  }
  if (performance.now() - saidAt > SAY_EVERY_MS) say(seed + 1)
}
say()
process.exit(failed.length === 0 ? 0 : 1)

function say(next = seed): void {
  saidAt = performance.now()
  const seconds = (saidAt - begun) / 1000
  const cpu = process.cpuUsage()
  const cpuSeconds = (cpu.user + cpu.system) / 1_000_000
  const { steps, acts } = totals
  console.info(
    `${new Date().toISOString()}: seeds ${first} to ${next - 1}, ${steps} steps, ${acts} acts; ${broken.lost} lost, ${broken.doubled} doubled, ${broken.unpaid} unpaid, ${broken.other} other faults ${failed}`,
  )
  console.info(
    `${(steps / seconds).toFixed(1)} steps/s, ${(acts / seconds).toFixed(1)} acts/s, ${(acts / cpuSeconds).toFixed(1)} acts per second of a processor; next seed ${next}`,
  )
  console.info(JSON.stringify(totals))
}
