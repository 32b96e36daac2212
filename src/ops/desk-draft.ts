/** What is typed into a form of the desk stays in this tab through a reload, a lost session and a passkey's dialog; gone once it is sent. */
import { reactive, ref, watch } from 'vue'

/** What was typed into a number's field, by the member that it is for: kept beside the number, so that what is no number yet is not lost. */
export type TypedNumbers = Record<string, string | null | undefined>

const PREFIX = 'gt-desk-draft '
/** Whose they are; no name of a draft has this form. */
const OWNER = 'gt-desk-drafts-of'

/** @param name the form, with what it is about. */
export function useDeskDraft<T extends object>(
  name: string,
  empty: () => T,
  storage: Storage = sessionStorage,
) {
  const key = PREFIX + name
  const draft = reactive({ ...empty(), ...keptIn(storage, key, empty()) }) as T
  const isKept = ref(true)
  watch(
    draft,
    () => {
      const text = JSON.stringify(draft)
      const isEmpty = text === JSON.stringify(empty())
      if (isEmpty) storage.removeItem(key)
      isKept.value = isEmpty || put(storage, key, text)
    },
    { deep: true, flush: 'sync' },
  )
  return {
    draft,
    /** False: it is too large for this tab's storage, and goes with the page. */
    isKept,
    /** As nobody has touched it. */
    forget(): void {
      Object.assign(draft, empty())
      storage.removeItem(key)
    },
  }
}

/** Something was typed and not sent. */
export function hasDeskDrafts(storage: Storage = sessionStorage): boolean {
  return Object.keys(storage).some((key) => key.startsWith(PREFIX))
}

/** Whoever signs in next in this tab does not find it. */
export function dropDeskDrafts(storage: Storage = sessionStorage): void {
  for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key)
}

/** A session that ended by itself leaves its drafts to the same person, and to nobody else. */
export function keepDeskDraftsOf(operatorId: string, storage: Storage = sessionStorage): void {
  if (storage.getItem(OWNER) !== operatorId) dropDeskDrafts(storage)
  put(storage, OWNER, operatorId)
}

/** False: a full storage keeps nothing; the form itself goes on. */
function put(storage: Storage, key: string, text: string): boolean {
  try {
    storage.setItem(key, text)
    return true
  } catch {
    storage.removeItem(key)
    return false
  }
}

/** Of what was kept, members whose kind is still the form's. */
function keptIn<T extends object>(storage: Storage, key: string, empty: T): Partial<T> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '{}')
    if (typeof kept !== 'object' || kept === null) return {}
    const known = new Map<string, unknown>(Object.entries(empty))
    const fits = ([member, value]: [string, unknown]) =>
      known.has(member) &&
      (known.get(member) === null || value === null || kindOf(known.get(member)) === kindOf(value))
    return Object.fromEntries(Object.entries(kept).filter(fits)) as Partial<T>
  } catch {
    return {}
  }
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value
}
