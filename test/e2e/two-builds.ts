/** A copy of the project that serves one build and then a newer one, as a release does. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

export interface TwoBuilds {
  /** The copy's entry, for `startServer`. */
  readonly main: string
  /** From the next start of the server on. */
  release(): void
  end(): void
}

export async function twoBuilds(newVersion: string): Promise<TwoBuilds> {
  const folder = mkdtempSync(join(tmpdir(), 'greentrace-two-builds-'))
  for (const each of ['mock-api', 'src', 'dist', 'package.json'])
    cpSync(resolve(each), join(folder, each), { recursive: true })
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
  const newer = join(folder, 'dist-newer')
  const options = {
    define: { __APP_VERSION__: JSON.stringify(newVersion) },
    build: { outDir: newer, emptyOutDir: true },
    logLevel: 'error',
  }
  // In a process of its own: this one is in test mode, and would build the app for that.
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', `import { build } from 'vite'; await build(${JSON.stringify(options)})`],
    { env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' } },
  )
  return {
    main: join(folder, 'mock-api', 'main.ts'),
    release() {
      rmSync(join(folder, 'dist'), { recursive: true })
      cpSync(newer, join(folder, 'dist'), { recursive: true })
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  }
}
