/** Everybody can use the screens of every day also dark, in English and in 长辈版: the same as in accessibility.test.ts, but for the markup, which is the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { ELDER_TARGET, findingsOn, NOTHING, TARGET, visit } from './for-everybody.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'
import { putOn, SCREENS } from './screens.ts'

let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url, { serviceWorkers: 'block' })
  await person.page.emulateMedia({ reducedMotion: 'reduce' })
  await person.choosesCity('潍坊')
  await person.signsIn('13812345678')
  await liveSixWeeks(person)
  await person.buysVoucher() // the till's
  await person.untilSynced()
  await person.buysVoucher()
  await person.untilSynced()
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

// Colours and words have nothing to do with each other: one visit looks at dark ones and English ones.
describe.each([
  { looks: ['dark', 'en'], target: TARGET },
  { looks: ['elder'], target: ELDER_TARGET },
] as const)('with six weeks in the ledger, in $looks', ({ looks, target }) => {
  beforeAll(() => putOn(person.page, ...looks))

  it.each(SCREENS.filter(({ isMain, isVariant }) => isMain && !isVariant))(
    '$name is for everybody, from 320 wide too',
    async (screen) => {
      await visit(person, screen)
      expect(await findingsOn(person, { target, isRestyled: true })).toEqual(NOTHING)
    },
  )
})

it('and no screen wrote an error into the console', () => {
  expect(person.errors).toEqual([])
})
