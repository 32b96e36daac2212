/**
 * What is half filled in, of each form of each ledger, on this phone: in the browser's own small storage, because that is written before the
 * next letter is typed; a page that crashes or is loaded anew loses none. In memory too, for a browser that refuses it, and for a ledger that
 * another tab has left. Goes with its ledger. What was typed while there was none goes with the tab.
 */

export const NO_LEDGER = ''

/** The number that was typed has served once somebody is in: it goes along with nobody. */
export const SIGN_IN_FORM = 'sign-in'

type Drafts = Readonly<Record<string, unknown>>

const memory = new Map<string, Drafts>()
/** Those that the browser could not write down: memory knows better. */
const unwritten = new Set<string>()
/** Ledgers that were left or adopted in this tab: what a page still holds of them is not written any more. */
const dropped = new Set<string>()

const keyOf = (ledgerId: string): string => `gt-drafts:${ledgerId}`

function storageOf(ledgerId: string): Storage {
  return ledgerId === NO_LEDGER ? sessionStorage : localStorage
}

function readAll(ledgerId: string): Drafts {
  const held = memory.get(ledgerId) ?? {}
  if (unwritten.has(ledgerId)) return held
  try {
    const text = storageOf(ledgerId).getItem(keyOf(ledgerId))
    if (text === null) return held
    const stored: unknown = JSON.parse(text)
    return typeof stored === 'object' && stored !== null ? { ...stored } : {}
  } catch {
    return held
  }
}

function writeAll(ledgerId: string, drafts: Drafts): boolean {
  memory.set(ledgerId, drafts)
  try {
    // Emptied it stays, so that another tab does not take what it remembers for what is there.
    storageOf(ledgerId).setItem(keyOf(ledgerId), JSON.stringify(drafts))
    unwritten.delete(ledgerId)
    return true
  } catch {
    unwritten.add(ledgerId)
    return false
  }
}

/** What stands on the form; to be looked at before it is believed: an older app may have written it. */
export function readDraft(ledgerId: string, form: string): unknown {
  dropped.delete(ledgerId)
  return readAll(ledgerId)[form]
}

/** @param value undefined forgets it. False when the browser refused: it then lasts until the page is closed. */
export function writeDraft(ledgerId: string, form: string, value: unknown): boolean {
  if (dropped.has(ledgerId)) return true
  const { [form]: before, ...others } = readAll(ledgerId)
  if (value === undefined && before === undefined) return true
  return writeAll(ledgerId, value === undefined ? others : { ...others, [form]: value })
}

/** A guest's forms go on in the account: what stands on the screen goes before what was left there earlier. */
export function moveDrafts(from: string, to: string): void {
  const { [SIGN_IN_FORM]: _, ...drafts } = readAll(from)
  if (Object.keys(drafts).length > 0) writeAll(to, { ...readAll(to), ...drafts })
  dropDrafts(from)
}

/** Of ledgers that are not on the phone any more nothing stays there: a page that another tab has signed out may have written once more. */
export function sweepDrafts(ledgerIds: readonly string[]): void {
  const known = new Set(ledgerIds.map(keyOf))
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(keyOf('')) && !known.has(key)) localStorage.removeItem(key)
  } catch {
    // a browser that refuses storage has kept none
  }
}

/** With the ledger: nothing of it stays. */
export function dropDrafts(ledgerId: string): void {
  dropped.add(ledgerId)
  memory.delete(ledgerId)
  unwritten.delete(ledgerId)
  try {
    storageOf(ledgerId).removeItem(keyOf(ledgerId))
  } catch {
    // a browser that refuses storage has kept none
  }
}
