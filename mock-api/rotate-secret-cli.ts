/** Puts KEY_SECRET_NEXT in the place of KEY_SECRET; where the secret is the file beside the data, a new file in its place. Server stopped. */
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { rewrap } from './keys/kept-secret.ts'
import { open, run, SECRET_BYTES, secretFile, secretPath } from './start/open.ts'

await run(async (config) => {
  const { deps, close } = await open(config)
  try {
    const isFile = config.keySecret === undefined
    if (!isFile && config.keySecretNext === undefined) {
      process.stderr.write('KEY_SECRET_NEXT is missing\n')
      return 2
    }
    const from = config.keySecret ?? secretFile(config.dataDir)
    const to = config.keySecretNext ?? randomBytes(SECRET_BYTES).toString('base64url')
    const path = secretPath(config.dataDir)
    // On the disk before anything depends on it: after a crash in between, this file is the key-secret.
    if (isFile) writeSafely(`${path}.next`, to)
    await rewrap(deps.db, { from, to, randomBytes: deps.randomBytes })
    if (isFile) renameSync(`${path}.next`, path)
    process.stdout.write(
      `private keys are wrapped by the new secret, phones keep their names${isFile ? '' : '; set KEY_SECRET to it'}\n`,
    )
    return 0
  } finally {
    await close()
  }
})

function writeSafely(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
}
