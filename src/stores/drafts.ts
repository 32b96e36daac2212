/**
 * The one way in which a form keeps what is typed: of its ledger, written with each change, there again after a reload, an update or a crash,
 * gone once the form is sent or emptied. Another person's form on the same page is another draft.
 */
import { type MaybeRefOrGetter, reactive, ref, toValue, watch } from 'vue'
import { tellFilled } from '../composables/half-filled.ts'
import { NO_LEDGER, readDraft, sweepDrafts, writeDraft } from '../db/draft-shelf.ts'
import { useDeviceStore } from './device.ts'
import { useSurvivalStore } from './survival.ts'

export { SIGN_IN_FORM } from '../db/draft-shelf.ts'

/** Where the drafts of a form lie, if the phone's shelf is too small for them. There only what is on its way lies, for a page that ends before. */
interface DraftPlace<T> {
  read(): Promise<Partial<T> | undefined>
  /** Undefined: nothing is left to keep. Answers whether it will be there again. */
  write(ledgerId: string, value: T | undefined): Promise<boolean>
  /** What of it is small. */
  ahead(value: T): Partial<T>
}

interface DraftOptions<T> {
  /** Of a stored draft, what fits this version of the form. By default each field whose type is still the same. */
  readonly restore?: (stored: unknown) => Partial<T>
  /** Nothing that anybody would miss. By default: as it was at first. */
  readonly isEmpty?: (draft: T) => boolean
  readonly place?: DraftPlace<T>
}

interface Owner {
  readonly ledgerId: string
  readonly form: string
  readonly db: unknown
}

/**
 * @param form its name, with what it is about: each has a draft of its own.
 * @param empty the form as nobody has touched it; plain data.
 */
export function useDraft<T extends object>(
  form: MaybeRefOrGetter<string>,
  empty: () => T,
  { restore = (stored) => fitting(stored, empty()), isEmpty = isLike(empty), place }: DraftOptions<T> = {},
) {
  const device = useDeviceStore()
  const survival = useSurvivalStore()
  const draft = reactive(empty()) as T
  const isKept = ref(true)
  /** Ledger and form that the draft is of; unknown until it is known whose phone this is. */
  let owner: Owner | undefined
  let isLoading = true
  let isBusy = false
  let isAgain = false

  const plain = (): T => JSON.parse(JSON.stringify(draft))

  /** All of it, or what of it is small: at once. */
  function putAhead({ ledgerId, form: name }: Owner): boolean {
    const value = isEmpty(draft) ? undefined : plain()
    return writeDraft(ledgerId, name, place && value ? place.ahead(value) : value)
  }

  /** One after the other; what changed meanwhile is written at once after. */
  async function keep(): Promise<void> {
    const of = owner
    if (!of) return
    if (isBusy) {
      isAgain = true
      putAhead(of)
      return
    }
    const value = isEmpty(draft) ? undefined : plain()
    const isOnShelf = putAhead(of)
    if (!place) {
      isKept.value = isOnShelf
      return
    }
    isBusy = true
    // What cannot be kept is still on the screen; sending it will tell what is wrong.
    isKept.value = await place.write(of.ledgerId, value).catch(() => false)
    isBusy = false
    if (isAgain) {
      isAgain = false
      return keep()
    }
    if (isKept.value) writeDraft(of.ledgerId, of.form, undefined)
  }

  /** What was typed before its ledger was known goes before what was kept. */
  function take(stored: Partial<T> | undefined): void {
    isLoading = false
    if (!isEmpty(draft)) return void keep()
    if (stored !== undefined) Object.assign(draft, stored)
  }

  function readShelf({ ledgerId, form: name }: Owner): Partial<T> | undefined {
    const stored = readDraft(ledgerId, name)
    return stored === undefined ? undefined : restore(stored)
  }

  function reset(): void {
    const fresh = empty()
    for (const key of Object.keys(draft)) if (!(key in fresh)) Reflect.deleteProperty(draft, key)
    Object.assign(draft, fresh)
  }

  watch(
    () => [device.isKnown, device.current?.ledgerId ?? NO_LEDGER, toValue(form), device.db] as const,
    ([isKnown, ledgerId, name, db]) => {
      if (!isKnown || (ledgerId !== NO_LEDGER && !db)) return
      if (owner && owner.ledgerId === ledgerId && owner.form === name && owner.db === db) return
      // Each change was written as it came; nothing is now, because what was left elsewhere must not come back.
      sweepDrafts(device.all.map((profile) => profile.ledgerId))
      if (owner) reset()
      const of = { ledgerId, form: name, db }
      owner = of
      isLoading = true
      const onShelf = readShelf(of)
      if (!place) return take(onShelf)
      const stored = place.read().catch(() => undefined)
      void stored.then((kept) => owner === of && take(onShelf ? { ...kept, ...onShelf } : kept))
    },
    { immediate: true, flush: 'sync' },
  )
  watch(
    () => draft,
    () => {
      if (!isLoading) void keep()
      else if (owner && !isEmpty(draft)) putAhead(owner)
    },
    { deep: true },
  )
  // The browser has cleared what was kept; what stands on the form is written anew.
  watch(
    () => survival.revivals,
    () => void (isLoading || keep()),
  )
  tellFilled(() => (isEmpty(draft) ? 'empty' : isKept.value ? 'kept' : 'lost'))

  /** It was sent, or given up: the next one begins anew. */
  async function forget(): Promise<void> {
    reset()
    await keep()
  }

  return { draft, forget }
}

function isLike<T>(empty: () => T): (draft: T) => boolean {
  return (draft) => JSON.stringify(draft) === JSON.stringify(empty())
}

/** What is stored was not necessarily written by this version: each field that is still of the same kind, or where nothing stood. */
function fitting<T extends object>(stored: unknown, empty: T): Partial<T> {
  if (typeof stored !== 'object' || stored === null) return {}
  const given = new Map<string, unknown>(Object.entries(stored))
  const fits = (key: string, first: unknown): boolean => {
    const value = given.get(key)
    if (value === null || typeof value === 'object') return value === null && first === null
    return first === null ? value !== undefined : typeof value === typeof first
  }
  const keys = Object.entries(empty).filter(([key, first]) => fits(key, first))
  return Object.fromEntries(keys.map(([key]) => [key, given.get(key)])) as Partial<T>
}
