/** `node mock-api/backup-cli.ts <file>`: the whole PGlite folder as one archive, while the server is stopped. For PostgreSQL: pg_dump. */
import { writeFileSync } from 'node:fs'
import { open, run } from './start/open.ts'

await run(async (config) => {
  const [file] = process.argv.slice(2)
  if (!file) {
    process.stderr.write('usage: node mock-api/backup-cli.ts <file.tar.gz>\n')
    return 2
  }
  if (config.databaseUrl !== undefined) {
    process.stderr.write('PostgreSQL: use pg_dump --format=custom "$DATABASE_URL"\n')
    return 2
  }
  const { deps, close } = await open(config)
  try {
    const archive = await deps.db.dump?.()
    if (!archive) throw new Error('this database cannot be dumped here')
    // Phone names and keys are worth nothing to a thief without the secret, so that it is not in here.
    writeFileSync(file, archive, { flag: 'wx', mode: 0o600 })
    process.stdout.write(
      `${file}: ${archive.length} bytes. Keep KEY_SECRET (or DATA_DIR/key-secret) with it, but apart.\n`,
    )
    return 0
  } finally {
    await close()
  }
})
