/** What the fold makes of a history is pinned to its number, so that nobody changes the one without the other. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { FOLD } from '../../src/domain/ledger/ledger-state.ts'
import { foldDumps } from '../golden/fold/fold-dump.ts'

it(`fold ${FOLD} makes of the journals that phones left behind what it always made of them`, () => {
  const golden = new URL(`../golden/fold/fold-${FOLD}.json`, import.meta.url)
  // A difference means: count FOLD up, write the new file by make-fold.ts, and both sides fold anew by themselves.
  expect(foldDumps()).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
})
