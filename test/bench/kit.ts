/** Bundles a file of test/bench/page for a page and puts it there. By the debugger's way, so that the app's content policy does not matter. */
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { searchPieces } from '../../build/search-pieces.ts'

type LedgerKit = typeof import('./page/ledger-kit.ts')
type SearchKit = typeof import('./page/search-kit.ts')
type PouchKit = typeof import('./page/pouch-kit.ts')

declare global {
  var ledgerKit: LedgerKit
  var searchKit: SearchKit
  var pouchKit: PouchKit
}

const FILES = { ledgerKit: 'ledger-kit.ts', searchKit: 'search-kit.ts', pouchKit: 'pouch-kit.ts' } as const
type KitName = keyof typeof FILES

const made = new Map<string, Promise<string>>()

/** The code of a kit, to be evaluated in a page: sets `globalThis.ledgerKit`, or what else its name is. */
export function kitCode(name: KitName): Promise<string> {
  const known = made.get(name) ?? bundle(name)
  made.set(name, known)
  return known
}

async function bundle(name: KitName): Promise<string> {
  const entry = fileURLToPath(new URL(`./page/${FILES[name]}`, import.meta.url))
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: resolve('.'),
    publicDir: false,
    plugins: [searchPieces()],
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env.DEV': 'false' },
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name } },
  })
  const [output] = Array.isArray(built) ? built : [built]
  if (!output || !('output' in output)) throw new Error('the kit was not built')
  const [{ code }] = output.output
  // `var` inside an evaluated text is the page's own only where it is not strict.
  return `${code};globalThis.${name} = ${name};undefined`
}
