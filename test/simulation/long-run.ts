/**
 * `npm run test:sim [first seed] [count] [hardship …]`: the simulation over many seeds. Prints what it went through and how fast; a seed that fails
 * is named with its steps and hardships, and the next goes on. A step is one turn of a run; in it, whoever else is there acts too.
 */
import { noCounts } from './counts.ts'
import { ROOM_NAMES, type RoomName } from './rooms.ts'
import { simulate } from './simulate.ts'

const first = Number(process.argv[2] ?? 1000)
const count = Number(process.argv[3] ?? 2000)
/** Named ones on every seed; otherwise every other seed goes through all of them. */
const named = process.argv.slice(4)
const wanted = ROOM_NAMES.filter((name) => named.includes(name))
if (wanted.length < named.length) throw new Error(`hardships: ${ROOM_NAMES.join(', ')}`)
const totals = {
  ...{ steps: 0, acts: 0, records: 0, crashes: 0, forks: 0, taken: 0, replayed: 0, vouchers: 0 },
  ...noCounts(),
}
const failed: number[] = []
const begun = performance.now()
const SAY_EVERY = 10

const hardshipsOf = (seed: number): boolean | readonly RoomName[] =>
  wanted.length > 0 ? wanted : seed % 4 === 3 ? ROOM_NAMES : seed % 2 === 1

for (let seed = first; seed < first + count; seed++) {
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
    console.error(`seed ${seed} failed: ${steps} steps, hardships ${JSON.stringify(hardshipsOf(seed))}`)
    console.error(error)
  }
  const done = seed - first + 1
  if (done % SAY_EVERY === 0 || done === count) say(done)
}
process.exit(failed.length === 0 ? 0 : 1)

function say(done: number): void {
  const seconds = (performance.now() - begun) / 1000
  const cpu = process.cpuUsage()
  const cpuSeconds = (cpu.user + cpu.system) / 1_000_000
  console.info(`${new Date().toISOString()}: ${done} of ${count} seeds, ${failed.length} failed ${failed}`)
  console.info(
    `${totals.steps} steps, ${totals.acts} acts, ${(totals.acts / seconds).toFixed(1)} acts/s, ${(totals.acts / cpuSeconds).toFixed(1)} acts per second of a processor`,
  )
  console.info(totals)
}
