/** A short list that belongs to the phone and to no ledger, in localStorage. What is stored was not necessarily written by us. */

/** Those that are what they should be, at most `max`; none where the browser refuses storage. */
export function readList<T>(key: string, isOne: (value: unknown) => value is T, max: number): T[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(stored) ? stored.filter(isOne).slice(0, max) : []
  } catch {
    return []
  }
}

/** False when the browser refused: the list then lasts until the page is closed. */
export function writeList(key: string, list: readonly unknown[]): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(list))
    return true
  } catch {
    return false
  }
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}
