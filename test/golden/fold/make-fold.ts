/** Writes what today's fold makes of the journals in ../db: `node test/golden/fold/make-fold.ts`, after FOLD was counted up or a dump was added. */
import { writeFileSync } from 'node:fs'
import { FOLD } from '../../../src/domain/ledger/ledger-state.ts'
import { foldDumps } from './fold-dump.ts'

writeFileSync(new URL(`fold-${FOLD}.json`, import.meta.url), `${JSON.stringify(foldDumps(), null, 1)}\n`)
