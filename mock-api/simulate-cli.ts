/**
 * `npm run simulate -- --provider bike --city weifang --people 50`: people of a demo who link a simulated service, and what it reports of them, over
 * the same API and with the same signatures as any other. The backend has to run as a demo on this machine (`npm start`).
 */
import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { CITY_IDS, isCityId } from '../src/domain/base/city.ts'
import { ConfigError } from './base/config-error.ts'
import { secretOf } from './base/secret.ts'
import { SAMPLE_PROVIDERS, sampleProvider } from './demo/sample-providers.ts'
import { simulate } from './demo/simulate.ts'
import { run, secretFile } from './start/open.ts'

const PEOPLE_MAX = 500
const DAYS_MAX = 40

await run(async (config) => {
  const asked = readArguments()
  const url = asked.url ?? `http://localhost:${config.port}`
  const secret = secretOf(config.keySecret ?? secretFile(config.dataDir))
  const outside = { now: () => Date.now(), newId: () => randomUUID(), send: fetch }
  const done = await simulate({ ...asked, url, secret, audience: config.audience, ...outside })
  process.stdout.write(
    `${asked.sample.provider.id} in ${asked.city}: ${done.people} linked, ${done.sent} reports in ${done.pushes} pushes, ` +
      `${done.acknowledged} acknowledged, ${done.refused} refused; in the journals: ${done.posted} acts, ${done.points} points\n`,
  )
  return done.refused === 0 ? 0 : 1
})

function readArguments() {
  const { values } = parseArgs({
    options: {
      provider: { type: 'string' },
      city: { type: 'string', default: 'weifang' },
      people: { type: 'string', default: '10' },
      days: { type: 'string', default: '7' },
      url: { type: 'string' },
    },
  })
  const sample = sampleProvider(values.provider ?? '')
  const { city } = values
  const [people, days] = [Number(values.people), Number(values.days)]
  if (!sample)
    throw new ConfigError(
      `--provider: one of ${SAMPLE_PROVIDERS.map(({ provider }) => provider.id).join(', ')}`,
    )
  if (!isCityId(city)) throw new ConfigError(`--city: one of ${CITY_IDS.join(', ')}`)
  if (!sample.provider.cities.includes(city))
    throw new ConfigError(`--city: ${sample.provider.id} is only in ${sample.provider.cities.join(', ')}`)
  if (!Number.isInteger(people) || people < 1 || people > PEOPLE_MAX)
    throw new ConfigError(`--people: a whole number up to ${PEOPLE_MAX}`)
  if (!Number.isInteger(days) || days < 1 || days > DAYS_MAX)
    throw new ConfigError(`--days: a whole number up to ${DAYS_MAX}`)
  return { sample, city, people, days, ...(values.url === undefined ? {} : { url: values.url }) }
}
