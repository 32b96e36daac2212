/** What the demo offers is worth what the app says that points are worth. */
import * as v from 'valibot'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { offersAnswerSchema } from '../../src/contract/catalog.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { packInForce } from '../../src/domain/methodology/which-pack.ts'
import { type Backend, startBackend } from '../support/backend.ts'
import { call } from '../support/client.ts'

let backend: Backend
beforeAll(async () => {
  backend = await startBackend({ samples: true })
})
afterAll(() => backend.close())

it.each(CITY_IDS)('a sample offer in %s is worth its points at the published rate', async (city) => {
  const { pointsPerYuan } = packInForce(city, backend.now()).reward
  const answer = await call(backend, { method: 'GET', path: `/api/v1/offers?city=${city}` })
  const { offers } = v.parse(offersAnswerSchema, await answer.json())
  expect(offers.length).toBeGreaterThan(5)
  for (const {
    offer: { id, pricePoints, valueFen, sample },
  } of offers)
    expect({ id, sample, valueFen }).toEqual({
      id,
      sample: true,
      valueFen: Math.floor((pricePoints * 100) / pointsPerYuan.value),
    })
})
