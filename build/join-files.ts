/** Vite's plugin that puts the app's files into one, for the worker's first time on a phone (`src/pwa/app-files.ts`). */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { typeOf } from '../mock-api/http/file-types.ts'
import { APP_FILES_PATH, joinFiles } from '../src/pwa/app-files.ts'

/** Those that carry a hash of their content in their name: of such a file it is known which build it is of. */
const HASHED = 'assets'

export function joinAppFiles(): Plugin {
  let built = ''
  return {
    name: 'join-app-files',
    apply: 'build',
    enforce: 'post',
    configResolved({ root, build }) {
      built = resolve(root, build.outDir)
    },
    writeBundle: { order: 'post', sequential: true, handler: () => joinAll(built) },
  }
}

function joinAll(built: string): void {
  const files = readdirSync(join(built, HASHED)).map((name) => ({
    path: `/${HASHED}/${name}`,
    type: typeOf(name),
    body: new Uint8Array(readFileSync(join(built, HASHED, name))),
  }))
  writeFileSync(join(built, APP_FILES_PATH), joinFiles(files))
}
