/** The backend's own hashes against those that every device checks with. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as here from '../../mock-api/base/hash.ts'
import { chainHash, commitment } from '../../src/proof/chain.ts'
import { sha256Hex, toHex } from '../../src/proof/digest.ts'

// Lone halves of characters too: both sides must make the same bytes of them.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom('', '绿迹 😀 \u0000 \u2028', '\ud800', 'x'.repeat(100_000)),
)
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length }).map(toHex)

describe('hashes', () => {
  it('are those of src/proof, whatever is hashed', async () => {
    await fc.assert(
      fc.asyncProperty(bytes(32), bytes(16), text, async (previous, salt, body) => {
        expect(here.chainHash(previous, body)).toBe(await chainHash(previous, body))
        expect(here.commitment(salt, body)).toBe(await commitment(salt, body))
        expect(here.sha256Hex(body)).toBe(await sha256Hex(body))
      }),
      { numRuns: 500 },
    )
  })
})
