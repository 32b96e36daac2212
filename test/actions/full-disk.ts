/** A disk that is full, in the three ways in which browsers say so. */
import { IDBObjectStore } from 'fake-indexeddb'

/** `refuses`: the call throws. `fails`: the request ends in an error. `aborts`: all seems well until the transaction is to be committed. */
export const WAYS = ['refuses', 'fails', 'aborts'] as const

interface FakeTransaction {
  _requests: unknown[]
  _state: string
  _start(): void
  _abort(name: string): void
  _execRequestAsync(job: { operation: () => void; source: object }): IDBRequest
}

type Write = (this: IDBObjectStore, value: unknown, key?: IDBValidKey) => IDBRequest

/** From now on nothing more can be written, by nobody, until the returned function makes room. `after` so many writes that still fit. */
export function fillDisk(way: (typeof WAYS)[number], after = 0): () => void {
  const store = IDBObjectStore.prototype as unknown as { add: Write; put: Write }
  const { add, put } = store
  let left = after
  const full = (original: Write): Write =>
    function (value, key) {
      if (left-- > 0) return key === undefined ? original.call(this, value) : original.call(this, value, key)
      const transaction = this.transaction as unknown as FakeTransaction
      const error = new DOMException('the disk is full', 'QuotaExceededError')
      if (way === 'refuses') throw error
      if (way === 'aborts') {
        failCommit(transaction)
        return key === undefined ? original.call(this, value) : original.call(this, value, key)
      }
      return transaction._execRequestAsync({
        source: this,
        operation: () => {
          throw error
        },
      })
    }
  store.add = full(add)
  store.put = full(put)
  return () => Object.assign(store, { add, put })
}

function failCommit(transaction: FakeTransaction): void {
  const start = transaction._start
  transaction._start = function () {
    if (this._requests.length === 0 && this._state !== 'finished') this._abort('QuotaExceededError')
    else start.call(this)
  }
}
