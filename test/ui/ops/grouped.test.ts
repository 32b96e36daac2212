/** The desk shows large numbers in groups; what is no number stays as it is. */
import { expect, it } from 'vitest'
import { grouped } from '../../../src/ops/grouped.ts'

it.each([
  ['999.00', '999.00'],
  ['1000', '1,000'],
  ['-1234567.5', '-1,234,567.5'],
  ['50000.00', '50,000.00'],
  ['2026-11-30', '2026-11-30'],
  ['—', '—'],
])('%s is shown as %s', (text, shown) => {
  expect(grouped(text)).toBe(shown)
})
