/** The phone’s database: outbox, derived rows, forks, whose it is, and leaving it. */
import type { Mutant } from './mutant.ts'

const settle = 'src/db/outbox-settle.ts'
const fork = 'src/db/fork.ts'
const journal = 'src/db/journal.ts'
const identity = 'src/db/identity.ts'
const outbox = 'src/db/outbox.ts'

export const PHONE: readonly Mutant[] = [
  {
    name: 'a row is deleted on its answer, before its record is stored',
    file: settle,
    find: "else if (receipt?.seq !== undefined) changed.push({ ...row, state: 'answered', seq: receipt.seq })",
    replace: 'else if (receipt?.seq !== undefined) stored.push(row.n)',
    tests: ['db/outbox-settle'],
  },
  {
    name: 'a receipt that differs is ignored',
    file: settle,
    find: 'if (receipt?.differs || (text !== undefined && text !== row.text))',
    replace: 'if (text !== undefined && text !== row.text)',
    tests: ['db/outbox-settle'],
  },
  {
    name: 'a record of another text settles a row',
    file: settle,
    find: 'if (receipt?.differs || (text !== undefined && text !== row.text))',
    replace: 'if (receipt?.differs)',
    tests: ['db/outbox-settle'],
  },
  {
    name: 'an answered row whose record never comes is not queued again',
    file: settle,
    find: "if (!record) await db.outbox.put({ ...rest, state: 'queued' })",
    replace: 'if (!record) continue',
    tests: ['db/outbox-settle'],
  },
  {
    name: 'a late answer defers a row that was settled meanwhile',
    file: 'src/db/outbox-batch.ts',
    find: "if (row?.state === 'queued' && row.text === text)",
    replace: 'if (row)',
    tests: ['db/outbox-settle'],
  },
  {
    name: 'a batch is not marked as sent',
    file: 'src/db/outbox-batch.ts',
    find: '    await db.outbox.bulkPut(unsent)\n',
    replace: '',
    tests: ['db/outbox'],
  },
  {
    name: 'an act is put into a ledger that was closed',
    file: outbox,
    find: '    await assertOpen(db)\n    const text',
    replace: '    const text',
    tests: ['db/outbox'],
  },
  {
    name: 'an undo forgets what has left in a file',
    file: outbox,
    find: ' || row.handedOutAt !== undefined',
    replace: '',
    tests: ['actions/one-truth'],
    only: 'an act that was exported',
  },
  {
    name: 'a photo that waits does not keep the ledger open',
    file: 'src/db/waiting.ts',
    find: 'return acts + voices + requests + photos + trips + drafts',
    replace: 'return acts + voices + requests + trips + drafts',
    tests: ['actions/sign-out'],
    only: 'is refused while',
  },
  {
    name: 'signing out leaves the outbox open',
    file: 'src/db/waiting.ts',
    find: "    await writeMeta(db, 'closed', LEFT)\n",
    replace: '',
    tests: ['actions/sign-out'],
    only: 'signing out',
  },
  {
    name: 'an empty database is taken for the one that was cleared',
    file: identity,
    find: '    if (this.#known !== undefined && row?.value !== this.#known) this.#refuse()\n    this.#known = row',
    replace:
      '    if (this.#known !== undefined && row && row.value !== this.#known) this.#refuse()\n    this.#known = row',
    tests: ['db/identity'],
    only: 'of the phone itself',
  },
  {
    name: 'whoever comes second to a new database marks it once more',
    file: identity,
    find: '        if (row) return row.value\n',
    replace: '',
    tests: ['db/identity'],
  },
  {
    name: 'a database begun anew bears the mark of the one that is gone',
    file: identity,
    find: "    if (this.#mark !== undefined) this.#mark += '+'\n",
    replace: '',
    tests: ['db/identity'],
    only: 'begun anew',
  },
  {
    name: 'a rebuild skips voice answers',
    file: journal,
    find: '    await deriveRows(db, records, groupOf)\n    done',
    replace:
      "    await deriveRows(db, records.filter(({ body }) => body.kind !== 'voice.answer'), groupOf)\n    done",
    tests: ['db/journal'],
  },
  {
    name: 'a rebuild keeps derived rows of the old history',
    file: journal,
    find: 'for (const table of [db.entries, db.vouchers, db.months, db.days]) await table.clear()',
    replace: 'for (const table of [db.months, db.days]) await table.clear()',
    tests: ['db/fork', 'db/journal'],
  },
  {
    name: 'a page is stored upon rows that another build made',
    file: journal,
    find: "if (await isStale(db)) return 'moved'",
    replace: 'if (await isStale(db)) await rebuildInside(db, groupOf)',
    tests: ['db/journal'],
  },
  {
    name: 'a page is stored behind another history of the same length',
    file: journal,
    find: 'if (cursor.seq !== page.after.seq || cursor.hash !== page.after.hash)',
    replace: 'if (cursor.seq !== page.after.seq)',
    tests: ['db/journal'],
  },
  {
    name: 'a ledger that was whole is not shown while a longer page is on its way',
    file: journal,
    find: 'isComplete: restore?.isComplete === true || !page.hasMore,',
    replace: 'isComplete: !page.hasMore,',
    tests: ['db/journal'],
  },
  {
    name: 'a refused act marks its day',
    file: 'src/db/derive.ts',
    find: "  if (body.outcome === 'refused') return\n",
    replace: '',
    tests: ['db/derive'],
  },
  {
    name: 'the day of an earlier act is not read before it is counted on',
    file: 'src/db/derive.ts',
    find: '    ...entries.map((entry) => entry.occurredAt),\n',
    replace: '',
    tests: ['db/derive'],
  },
  {
    name: 'answered rows are not queued again when the stage is adopted',
    file: fork,
    find: "if (row.state === 'answered') await db.outbox.put({ ...rest, state: 'queued' })",
    replace: 'void rest',
    tests: ['db/fork'],
  },
  {
    name: 'the stage ignores that another tab has moved on',
    file: fork,
    find: "if (last?.seq !== forked.cursor.seq || last.hash !== forked.cursor.hash) return 'moved'",
    replace: 'void last',
    tests: ['db/fork'],
  },
  {
    name: 'the stage deletes a row whose record has another text',
    file: fork,
    find: 'if (command === row.text) await db.outbox.delete(row.n)',
    replace: 'if (command !== undefined) await db.outbox.delete(row.n)',
    tests: ['db/fork'],
  },
  {
    name: 'what was recorded first is asked for last',
    file: fork,
    find: 'const front = Math.min(1, waiting[0]?.n ?? 1) - old.lost.length',
    replace: 'const front = (waiting.at(-1)?.n ?? 0) + 1',
    tests: ['db/fork'],
  },
]
