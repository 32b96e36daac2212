/** How many statements a batch costs the database, whatever its length: counted in the real backend, in process, on PGlite. */
import { openPglite } from '../../mock-api/storage/pglite.ts'
import type { CommandId } from '../../src/domain/base/ids.ts'
import type { Command } from '../../src/domain/ledger/command.ts'
import { startBackend } from '../support/backend.ts'
import { signIn } from '../support/client.ts'
import { countingDb } from '../support/counting-db.ts'
import { manyClaims } from './claims.ts'
import type { Report } from './figures.ts'

const BATCHES = [0, 1, 20, 500]

export async function tellStatements(report: Report): Promise<void> {
  const db = countingDb(await openPglite())
  const backend = await startBackend({ db })
  try {
    for (const length of BATCHES) {
      const client = await signIn(backend)
      const commands = manyClaims(length, backend.now()).map(
        (body): Command => ({
          id: crypto.randomUUID() as CommandId,
          kind: 'activity.record',
          at: backend.now(),
          body,
        }),
      )
      const before = db.statements.length
      const messagesBefore = db.messages
      await client.sync(commands)
      const statements = db.statements.slice(before)
      const kinds = new Map<string, number>()
      for (const text of statements) {
        const kind = /^\s*(\w+)(?:.*?\b(?:from|into|update)\s+(\w+))?/is.exec(text)
        const name = `${kind?.[1]} ${kind?.[2] ?? ''}`.trim()
        kinds.set(name, (kinds.get(name) ?? 0) + 1)
      }
      const most = [...kinds].sort((a, b) => b[1] - a[1])[0]
      const more = most && most[1] > 2 ? ` (${most[1]}× ${most[0]})` : ''
      const messages = db.messages - messagesBefore
      report.row(`statements · messages of a batch of ${length}`, `${statements.length}${more} · ${messages}`)
    }
  } finally {
    await backend.close()
    await db.close()
  }
}
