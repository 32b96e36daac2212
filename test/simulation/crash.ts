/**
 * A phone that dies between any two steps of its storage, whichever database it is at: from the n-th step on nothing happens any more, until
 * the returned function says that the phone is on again.
 */
import { IDBDatabase, IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { Crash } from '../support/phone.ts'

type Method = (this: unknown, ...args: unknown[]) => unknown
type Methods = Record<string, Method>

const STEPS: readonly [object, readonly string[]][] = [
  [IDBObjectStore.prototype, ['add', 'put', 'delete', 'clear']],
  [IDBDatabase.prototype, ['transaction']],
  [IDBFactory.prototype, ['open', 'deleteDatabase']],
]

export function dieAfter(steps: number): () => void {
  let left = steps
  const undo: (() => void)[] = []
  for (const [owner, names] of STEPS)
    for (const name of names) {
      const methods = owner as Methods
      const original = methods[name] as Method
      undo.push(() => Object.assign(methods, { [name]: original }))
      methods[name] = function (...args) {
        const isOwn = args[1] !== 'versionchange' // the storage's own step, which nobody waits for
        if (isOwn && left-- <= 0) throw new Crash('Crash')
        return original.apply(this, args)
      }
    }
  return () => {
    left = Number.POSITIVE_INFINITY // who was opened meanwhile has kept these very methods
    for (const each of undo.splice(0)) each()
  }
}

/** Dexie wraps what its middleware and the storage throw. */
export function isCrash(error: unknown): boolean {
  for (
    let each: unknown = error;
    each;
    each = (each as { inner?: unknown }).inner ?? (each as { cause?: unknown }).cause
  ) {
    if (each instanceof Crash || (each as Error).name === 'Crash') return true
    if (String((each as Error).message).includes('Crash')) return true
  }
  return false
}
