/** What stands beside an account in the backend: stock, tracks, what falls due, and the keys. */
import type { Mutant } from './mutant.ts'

const stock = 'mock-api/book/stock.ts'
const tracks = 'mock-api/verify/tracks.ts'
const keyring = 'mock-api/keys/keyring.ts'

export const BESIDE: readonly Mutant[] = [
  {
    name: 'claims on stock that came to nothing are not released',
    file: 'mock-api/book/decide-batch.ts',
    find: '    await releasePieces(deps, unused)\n',
    replace: '',
    tests: ['mock-api/stock'],
    only: 'another purchase took first',
  },
  {
    name: 'a claim is released under an append that is still under way',
    file: stock,
    find: '  await fenceAccount(deps.db, claim.accountId)\n',
    replace: '',
    tests: ['mock-api/stock'],
    only: 'slow append',
  },
  {
    name: 'a returned piece goes back each time that it is finished',
    file: stock,
    find: 'if (await returnClaim(tx, claim)) await returnPiece(tx, claim)',
    replace: 'await returnClaim(tx, claim)\n      await returnPiece(tx, claim)',
    tests: ['mock-api/returns'],
    only: 'counts once',
  },
  {
    name: 'a returned voucher’s piece does not go back to its offer',
    file: 'mock-api/book/append.ts',
    find: '    if (stockReturn) await giveBack(deps, stockReturn).catch(() => undefined)',
    replace: '    void stockReturn',
    tests: ['mock-api/returns'],
    only: 'again and again',
  },
  {
    name: 'a claim that came to nothing keeps the track',
    file: tracks,
    find: "const open = rows.filter((row) => row.accountId === accountId && row.state === 'claimed')",
    replace: "const open = rows.filter((row) => row.accountId !== accountId && row.state === 'claimed')",
    tests: ['mock-api/tracks'],
  },
  {
    name: 'a rejected act claims its track',
    file: 'mock-api/book/batch.ts',
    find: "if (digests.length === 0 || decision.outcome === 'rejected') return decision",
    replace: 'if (digests.length === 0) return decision',
    tests: ['mock-api/tracks'],
  },
  {
    name: 'a track is given back under an append that is still under way',
    file: tracks,
    find: '  await fenceAccount(deps.db, accountId)\n',
    replace: '',
    tests: ['mock-api/tracks'],
  },
  {
    name: 'a track that was claimed anew is given back by an old look at it',
    file: 'mock-api/storage/evidence.ts',
    find: "state = 'claimed' and attempt = $3`",
    replace: "state = 'claimed' and attempt >= $3`",
    tests: ['mock-api/tracks'],
  },
  {
    name: 'a restored account’s vouchers end before its phone was heard',
    file: 'mock-api/book/sweep.ts',
    find: 'limit: ACCOUNTS_PER_SWEEP, heardSince })',
    replace: 'limit: ACCOUNTS_PER_SWEEP, heardSince: undefined })',
    tests: ['restore/deleted'],
    only: 'nothing ends or returns',
  },
  {
    name: 'a deleted account’s words stay',
    file: 'mock-api/book/erase.ts',
    find: '    await dropDetails(tx, accountId)\n',
    replace: '',
    tests: ['mock-api/account'],
    only: 'deletes what is personal',
  },
  {
    name: 'a revoked key goes on signing',
    file: keyring,
    find: ' && !isRevoked(row))',
    replace: ' && !(isRevoked(row) && row.purpose === undefined))',
    tests: ['mock-api/keys'],
    only: 'in the same moment',
  },
  {
    name: 'a key is revoked before it has endorsed the next one',
    file: keyring,
    find: 'if (row.purpose && this.#inForce(held, row.purpose, from)?.kid === kid)',
    replace: "if (row.purpose === 'none')",
    tests: ['mock-api/keys'],
    only: 'revokes a key after',
  },
  {
    name: 'a new key is endorsed by nobody but itself',
    file: keyring,
    find: '...(before ? { by: await this.#signer(before) } : {})',
    replace: '...(before ? {} : {})',
    tests: ['mock-api/keys'],
  },
  {
    name: 'a key that nobody endorsed is taken over',
    file: keyring,
    find: '(await trustedKeys(own, offered)).keys',
    replace: '(await trustedKeys({ ...own, keys: [] }, offered)).keys',
    tests: ['mock-api/keys'],
  },
]
