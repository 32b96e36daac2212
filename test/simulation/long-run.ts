/** `npm run test:sim [first seed] [count]`: the simulation over many seeds, until the first that fails. Prints what it went through. */
import { simulate } from './simulate.ts'

const first = Number(process.argv[2] ?? 1000)
const count = Number(process.argv[3] ?? 2000)
const totals = { records: 0, crashes: 0, forks: 0, vouchers: 0 }

for (let seed = first; seed < first + count; seed++) {
  try {
    const report = await simulate(seed, { steps: 60 + (seed % 3) * 60, hardships: seed % 2 === 1 })
    for (const key of Object.keys(totals) as (keyof typeof totals)[]) totals[key] += report[key]
  } catch (error) {
    console.error(`seed ${seed} failed`)
    console.error(error)
    process.exit(1)
  }
  if ((seed - first + 1) % 100 === 0) console.info(`${seed - first + 1} of ${count} seeds`, totals)
}
console.info(`${count} seeds passed`, totals)
process.exit(0)
