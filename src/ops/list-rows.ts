/** The rows of a list, a page after the other. An answer to what is not asked any more is dropped. */
import { onUnmounted, type Ref, ref, shallowRef } from 'vue'
import type { LoadPage } from './desk-column.ts'

/** Of a file: a spreadsheet shows as many, and a browser holds them. */
const FILE_ROWS_MAX = 10_000

interface ListRows<Row> {
  readonly rows: Readonly<Ref<readonly Row[]>>
  readonly next: Readonly<Ref<string | undefined>>
  readonly state: Readonly<Ref<'loading' | 'ready' | 'failed'>>
  /** From the beginning. Until it is there, what was there stays. */
  reload(): Promise<void>
  /** One more page; after a failure the same once more. */
  more(): Promise<void>
  /** For a file, from the beginning; throws what a request throws. */
  all(): Promise<{ readonly rows: readonly Row[]; readonly isCut: boolean }>
}

/** @param query what is asked at this moment, without a place. */
export function useListRows<Row>(load: LoadPage<Row>, query: () => URLSearchParams): ListRows<Row> {
  const rows = shallowRef<readonly Row[]>([])
  const next = ref<string>()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  let isFromStart = true
  let turn = 0
  onUnmounted(() => turn++)

  const pageAt = (after: string | undefined) => {
    const asked = query()
    if (after !== undefined) asked.set('after', after)
    return load(asked)
  }

  async function more(): Promise<void> {
    const own = ++turn
    state.value = 'loading'
    try {
      let found = 0
      // A page may be empty because nothing on it fits: then the next one is looked at.
      do {
        const page = await pageAt(isFromStart ? undefined : next.value)
        if (own !== turn) return
        rows.value = isFromStart ? page.rows : [...rows.value, ...page.rows]
        next.value = page.next
        isFromStart = false
        found += page.rows.length
      } while (found === 0 && next.value !== undefined)
      state.value = 'ready'
    } catch {
      if (own === turn) state.value = 'failed'
    }
  }

  return {
    ...{ rows, next, state, more },
    reload() {
      isFromStart = true
      return more()
    },
    async all() {
      const found: Row[] = []
      let after: string | undefined
      do {
        const page = await pageAt(after)
        found.push(...page.rows)
        after = page.next
      } while (after !== undefined && found.length < FILE_ROWS_MAX)
      return {
        rows: found.slice(0, FILE_ROWS_MAX),
        isCut: after !== undefined || found.length > FILE_ROWS_MAX,
      }
    },
  }
}
