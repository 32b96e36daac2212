/** Vite's plugin that packs what was built, once, where a server finds it (`mock-api/http/packed.ts`). */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Plugin } from 'vite'
import { isPackable, PACKED_FOLDER, pack, packedPath } from '../mock-api/http/packed.ts'

/** @param site the folder that is served, as seen from that of the build. */
export function packFiles(site = '.'): Plugin {
  let built = ''
  return {
    name: 'pack-files',
    apply: 'build',
    enforce: 'post',
    configResolved({ root, build }) {
      built = resolve(root, build.outDir)
    },
    // After all others: the worker is among the last to be written.
    closeBundle: { order: 'post', sequential: true, handler: () => packAll(built, resolve(built, site)) },
  }
}

async function packAll(built: string, site: string): Promise<void> {
  mkdirSync(join(site, PACKED_FOLDER), { recursive: true })
  const files = readdirSync(built, { withFileTypes: true, recursive: true }).filter((entry) => entry.isFile())
  await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const body = readFileSync(join(parentPath, name))
      if (isPackable(name, body)) await writeFile(packedPath(site, body), await pack(body, 'br'))
    }),
  )
}
