/**
 * Node's entry. What it has compiled is kept, so that the next start neither strips types nor compiles again: it is there in a third of the
 * time, and without the compiler in memory. A folder that cannot be written costs only that.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../.cache/node', import.meta.url)))
await import('./start/process.ts')
flushCompileCache() // at once: a process that is killed would keep nothing
