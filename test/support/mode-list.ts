// `node test/support/mode-list.ts`: writes into the list of rules how often each was right on the generated persons that it is tuned on.
import { readFileSync, writeFileSync } from 'node:fs'
import { paceOf } from '../../src/domain/evidence/track-pace.ts'
import { type Rule, ruleFor } from '../../src/domain/evidence/travel-mode.ts'
import { honestTrip, type Means } from './honest-people.ts'
import { TUNED_SORTS } from './honest-sorts.ts'

const PERSONS = 60
const LIST = new URL('../../src/domain/evidence/travel-mode.json', import.meta.url)
/** The nearest first. */
const OTHERS: Readonly<Record<Means, readonly [Means, Means]>> = {
  walk: ['bike', 'vehicle'],
  bike: ['vehicle', 'walk'],
  vehicle: ['bike', 'walk'],
}

const rules = JSON.parse(readFileSync(LIST, 'utf8')) as Rule[]
const caught = rules.map((): Record<Means, number> => ({ walk: 0, bike: 0, vehicle: 0 }))
for (const sort of TUNED_SORTS)
  for (let seed = 1; seed <= PERSONS; seed++) {
    const pace = paceOf([{ points: honestTrip(sort, seed).points, after: 'pause' }])
    caught[rules.indexOf(ruleFor(pace, rules))]![sort.means]++
  }

const written = rules.map(({ when, kind }, i) => {
  const counts = caught[i]!
  const all = counts.walk + counts.bike + counts.vehicle
  const [near, far] = OTHERS[kind]
  const runnerUp = counts[far] > counts[near] ? far : near
  // One of each more than was seen, so that a rule that caught few is not sure of itself.
  const permille = Math.round(((counts[kind] + 1) / (all + 3)) * 1000)
  return JSON.stringify({ when, kind, permille, runnerUp })
})
writeFileSync(LIST, `[\n  ${written.join(',\n  ')}\n]\n`)
