/** Answers that a later backend may give: this version reads what it knows of them, leaves the rest out, and says how much that is. */
import { readFileSync } from 'node:fs'
import type * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { checkPack, checkPackTolerantly } from '../../src/content/check-pack.ts'
import { loadCity } from '../../src/content/registry.ts'
import { alertsAnswerSchema } from '../../src/contract/alert.ts'
import { healthSchema, keySetSchema, offersAnswerSchema } from '../../src/contract/catalog.ts'
import { occurrencesAnswerSchema } from '../../src/contract/events.ts'
import { codeAnswerSchema, devicesAnswerSchema, signInAnswerSchema } from '../../src/contract/session.ts'
import { stationsSchema } from '../../src/contract/stations.ts'
import { syncAnswerSchema } from '../../src/contract/sync.ts'
import { readTolerantly } from '../../src/contract/tolerant.ts'
import { createTransport, SyncProblem } from '../../src/sync/transport.ts'

interface Future {
  readonly route: string
  readonly answer: unknown
  /** What this version makes of it. */
  readonly read: unknown
}

const answers = JSON.parse(
  readFileSync(new URL('../golden/future/answers.json', import.meta.url), 'utf8'),
) as Future[]

const SCHEMAS: Record<string, v.GenericSchema> = {
  'GET /health': healthSchema,
  'GET /keys': keySetSchema,
  'GET /offers': offersAnswerSchema,
  'GET /events': occurrencesAnswerSchema,
  'GET /alerts': alertsAnswerSchema,
  'GET /stations': stationsSchema,
  'GET /devices': devicesAnswerSchema,
  'POST /sign-in/codes': codeAnswerSchema,
  'POST /sign-in': signInAnswerSchema,
  'POST /sync': syncAnswerSchema,
}

describe('an answer from the future', () => {
  it.each(answers)('to $route is read as far as this version knows it', ({ route, answer, read }) => {
    expect(readTolerantly(SCHEMAS[route] as v.GenericSchema, answer)).toEqual(read)
  })

  it('stands among the samples for every route that a phone asks', () => {
    expect(Object.keys(SCHEMAS).filter((route) => !answers.some((each) => each.route === route))).toEqual([])
  })

  it('is still refused where it lost its meaning: a chain with a record that cannot be read', () => {
    const { answer } = answers.find(({ route }) => route === 'POST /sync') as Future
    const records = [{ sequence: 1 }]
    expect(readTolerantly(syncAnswerSchema, { ...(answer as object), records })).toBeUndefined()
  })

  it('with a problem of its own is taken for what its status says', async () => {
    const body = {
      type: 'urn:greentrace:problem:device_frozen',
      title: 'x',
      status: 429,
      code: 'device_frozen',
    }
    const transport = createTransport(async () => Response.json(body, { status: 429 }))
    const problem = await transport.get('/health', healthSchema).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(SyncProblem)
    expect(problem).toMatchObject({ code: 'too_many_requests', mayRetry: true })
  })
})

describe('a city’s pack from the future', () => {
  it('is read on a phone without the measures of a field that it does not know, and refused where an operator publishes it', async () => {
    const pack = await loadCity('zibo')
    const [first, ...others] = pack.measures
    const later = {
      ...pack,
      glossary: [{ zh: '碳汇' }],
      measures: [{ ...first, domain: 'space' }, ...others.map((one) => ({ ...one, cost: 12 }))],
    }
    expect(checkPackTolerantly(later, 'zibo')).toEqual({ pack: { ...pack, measures: others, leftOut: 1 } })
    expect(checkPack(later, 'zibo')).toHaveProperty('fault')
  })
})
