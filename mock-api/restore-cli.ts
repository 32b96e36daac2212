/** `node mock-api/restore-cli.ts <file>`: an archive of backup-cli into a new folder. Devices notice (fork) and send again what it lacks. */
import { existsSync, readFileSync } from 'node:fs'
import { takeLock } from './lock.ts'
import { databaseFolder, run } from './open.ts'
import { keepPrivate, tighten } from './private-folder.ts'
import { openPglite } from './storage/pglite.ts'

await run(async (config) => {
  const [file] = process.argv.slice(2)
  if (!file || config.databaseUrl !== undefined) {
    process.stderr.write('usage: node mock-api/restore-cli.ts <file.tar.gz>   (PostgreSQL: use pg_restore)\n')
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
