/** `npm run test:sim [first seed] [count] [hardship …]`: the simulation over many seeds, until the first that fails. Prints what it went through. */
import { noCounts } from './counts.ts'
import { ROOM_NAMES, type RoomName } from './rooms.ts'
import { simulate } from './simulate.ts'

const first = Number(process.argv[2] ?? 1000)
const count = Number(process.argv[3] ?? 2000)
/** Named ones on every seed; otherwise every other seed goes through all of them. */
const named = process.argv.slice(4)
const wanted = ROOM_NAMES.filter((name) => named.includes(name))
if (wanted.length < named.length) throw new Error(`hardships: ${ROOM_NAMES.join(', ')}`)
const totals = { records: 0, crashes: 0, forks: 0, taken: 0, replayed: 0, vouchers: 0, ...noCounts() }

const hardshipsOf = (seed: number): boolean | readonly RoomName[] =>
  wanted.length > 0 ? wanted : seed % 2 === 1

for (let seed = first; seed < first + count; seed++) {
  try {
    const report = await simulate(seed, { steps: 60 + (seed % 3) * 60, hardships: hardshipsOf(seed) })
    for (const key of Object.keys(totals) as (keyof typeof totals)[])
      totals[key] +=
        key in report.hardships
          ? report.hardships[key as keyof typeof report.hardships]
          : report[key as 'records']
  } catch (error) {
    console.error(`seed ${seed} failed`)
    console.error(error)
    process.exit(1)
  }
  if ((seed - first + 1) % 100 === 0) console.info(`${seed - first + 1} of ${count} seeds`, totals)
}
console.info(`${count} seeds passed`, totals)
process.exit(0)
