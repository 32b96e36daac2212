/** Small wrong changes to the core, each as a slip that somebody could make. The named tests, all of them quick, must notice every one. */

export interface Mutant {
  readonly name: string
  readonly file: string
  /** Stands exactly once in the file; when it no longer does, the list is mended with the code. */
  readonly find: string
  readonly replace: string
  /** Files of test/ without a browser. */
  readonly tests: readonly string[]
}

const settle = 'src/db/outbox-settle.ts'
const fork = 'src/db/fork.ts'
const page = 'src/sync/check-page.ts'
const sync = ['sync/pass', 'sync/answers']

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a row is deleted on its answer, before its record is stored',
    file: settle,
    find: "else if (receipt?.seq !== undefined) changed.push({ ...row, state: 'answered', seq: receipt.seq })",
    replace: 'else if (receipt?.seq !== undefined) stored.push(row.n)',
    tests: sync,
  },
  {
    name: 'a receipt that differs is ignored',
    file: settle,
    find: 'if (receipt?.differs || (text !== undefined && text !== row.text))',
    replace: 'if (text !== undefined && text !== row.text)',
    tests: sync,
  },
  {
    name: 'a record of another text settles a row',
    file: settle,
    find: 'if (receipt?.differs || (text !== undefined && text !== row.text))',
    replace: 'if (receipt?.differs)',
    tests: sync,
  },
  {
    name: 'an answered row whose record never comes is not queued again',
    file: settle,
    find: "if (!record) await db.outbox.put({ ...rest, state: 'queued' })",
    replace: 'if (!record) continue',
    tests: sync,
  },
  {
    name: 'a rebuild skips voice answers',
    file: 'src/db/journal.ts',
    find: '    const records = rows.map(parseLink)\n    for',
    replace:
      "    const records = rows.map(parseLink).filter(({ body }) => body.kind !== 'voice.answer')\n    for",
    tests: ['db/derive', 'db/upgrade', 'sync/pass'],
  },
  {
    name: 'answered rows are not queued again when the stage is adopted',
    file: fork,
    find: "if (row.state === 'answered') await db.outbox.put({ ...rest, state: 'queued' })",
    replace: 'void rest',
    tests: sync,
  },
  {
    name: 'the stage ignores that another tab has moved on',
    file: fork,
    find: "if (last?.seq !== forked.cursor.seq || last.hash !== forked.cursor.hash) return 'moved'",
    replace: 'void last',
    tests: sync,
  },
  {
    name: 'the stage deletes a row whose record has another text',
    file: fork,
    find: 'if (command === row.text) await db.outbox.delete(row.n)',
    replace: 'if (command !== undefined) await db.outbox.delete(row.n)',
    tests: sync,
  },
  {
    name: 'a fork keeps derived rows of the old history',
    file: 'src/db/journal.ts',
    find: 'for (const table of [db.entries, db.vouchers, db.months, db.days]) await table.clear()',
    replace: 'for (const table of [db.months, db.days]) await table.clear()',
    tests: ['sync/pass', 'sync/answers', 'db/derive'],
  },
  {
    name: 'the balances of a head are not compared',
    file: page,
    find: 'if (!isEqual)',
    replace: 'if (!isEqual && head.available < 0)',
    tests: sync,
  },
  {
    name: 'the account of a page’s records is not compared',
    file: page,
    find: 'body.account !== known.accountId || body.seq',
    replace: 'body.seq',
    tests: sync,
  },
  {
    name: 'the head of another account is taken',
    file: page,
    find: 'head.account !== known.accountId || head.seq',
    replace: 'head.seq',
    tests: sync,
  },
  {
    name: 'claims on stock that came to nothing are not released',
    file: 'mock-api/book/decide-batch.ts',
    find: '    await releasePieces(deps, unused)\n',
    replace: '',
    tests: ['mock-api/stock'],
  },
  {
    name: 'the hash of a record leaves its outcome out',
    file: 'mock-api/book/writing.ts',
    find: '  const hash = chainHash(writing.headHash, text)\n',
    replace: '  const hash = chainHash(writing.headHash, text.replace(/"outcome":"\\w+",/, \'\'))\n',
    tests: ['sync/pass', 'mock-api/audit'],
  },
  {
    name: 'the compare-and-set does not compare the fence',
    file: 'mock-api/storage/accounts.ts',
    find: 'and next_seq = $2 and fence = $3 and deleted_at is null',
    replace: 'and next_seq = $2 and fence >= $3 and deleted_at is null',
    tests: ['mock-api/stock', 'mock-api/race'],
  },
  {
    name: 'a returned voucher’s piece does not go back to its offer',
    file: 'mock-api/book/append.ts',
    find: '    if (stockReturn) await giveBack(deps, stockReturn).catch(() => undefined)',
    replace: '    void stockReturn',
    tests: ['mock-api/returns'],
  },
  {
    name: 'a rejected act keeps the track that it claimed',
    file: 'mock-api/verify/tracks.ts',
    find: "const open = rows.filter((row) => row.accountId === accountId && row.state === 'claimed')",
    replace: "const open = rows.filter((row) => row.accountId !== accountId && row.state === 'claimed')",
    tests: ['mock-api/tracks'],
  },
  {
    name: 'what is taken back comes from the oldest lot',
    file: 'src/domain/ledger-acts.ts',
    find: '  if (next.lot !== undefined) activity.lot = next.lot\n',
    replace: '',
    tests: ['domain/lots', 'domain/fold'],
  },
  {
    name: 'points return to a lot that ends tomorrow',
    file: 'src/domain/prolonged.ts',
    find: 'const later = lotOnReturn(month, at)',
    replace: 'const later = month',
    tests: ['domain/lots', 'mock-api/vouchers'],
  },
  {
    name: 'a command may be made ahead of the backend’s clock',
    file: 'src/domain/clock.ts',
    find: 'return found(at, Math.min(unchanged, latest), doubtMs)',
    replace: 'return found(at, unchanged, doubtMs)',
    tests: ['domain/clock'],
  },
  {
    name: 'the page’s own time is not looked at',
    file: 'src/domain/clock.ts',
    find: 'const latest = isSamePage ? now - (page.elapsed - clock.elapsed) : now',
    replace: 'const latest = now',
    tests: ['domain/clock'],
  },
  {
    name: 'the last sync does not bound a command’s time',
    file: 'src/domain/clock.ts',
    find: 'clock?.syncedAt ?? PROGRAMME_BEGAN_AT',
    replace: 'PROGRAMME_BEGAN_AT',
    tests: ['domain/clock'],
  },
  {
    name: 'a record of a chain that cannot be read is left out',
    file: 'src/contract/tolerant.ts',
    find: '  if (marks.some((mark) => mark?.isWhole)) return v.array(tolerant((base as unknown as Required<Parts>).item))\n',
    replace: '',
    tests: ['contract/future'],
  },
]
