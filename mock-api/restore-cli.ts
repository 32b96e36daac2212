/**
 * `npm run restore -- <file>`: an archive of backup-cli into a new folder. `npm run restore -- --restored`: says of a database that was put
 * back by other means (pg_restore) that it was. Either way accounts are let alone until their phones have brought back what is missing.
 */
import { existsSync, readFileSync } from 'node:fs'
import { takeLock } from './start/lock.ts'
import { databaseFolder, open, run } from './start/open.ts'
import { keepPrivate, tighten } from './start/private-folder.ts'
import { migrate } from './storage/migrate.ts'
import { openPglite } from './storage/pglite.ts'
import { insertRestore } from './storage/restores.ts'

const USAGE = `usage: node mock-api/restore-cli.ts <file.tar.gz>
       node mock-api/restore-cli.ts --restored   (after pg_restore, before the first start)
`

await run(async (config) => {
  const [file] = process.argv.slice(2)
  if (file === '--restored') {
    const { deps, close } = await open(config)
    try {
      await insertRestore(deps.db, deps.now())
      process.stdout.write('marked as restored: phones are heard before anything ends or returns\n')
      return 0
    } finally {
      await close()
    }
  }
  if (!file || config.databaseUrl !== undefined) {
    process.stderr.write(USAGE)
    return 2
  }
  keepPrivate(config.dataDir)
  const release = takeLock(config.dataDir, process.pid)
  try {
    const folder = databaseFolder(config)
    if (existsSync(folder)) {
      process.stderr.write(`${folder} is there already: move it away first, nothing is overwritten\n`)
      return 1
    }
    const db = await openPglite({ folder, archive: new Uint8Array(readFileSync(file)) })
    await migrate(db, Date.now())
    await insertRestore(db, Date.now())
    await db.close()
    tighten(config.dataDir)
    process.stdout.write(
      `restored into ${folder}; put the key-secret of the same backup beside it before starting\n`,
    )
    return 0
  } finally {
    release()
  }
})
