/** How every form of the desk goes: kept while it is typed, what is wrong said at its field once somebody has tried, sent once, forgotten when it has arrived. */
import { computed, nextTick, ref, watch } from 'vue'
import { DeskProblem } from './desk-api.ts'
import { useDeskDraft } from './desk-draft.ts'
import { faultIn } from './form-faults.ts'

interface DeskFormOptions<T extends object, Draft, Answer> {
  /** With what it is about: each has a draft of its own. */
  readonly name: string
  readonly empty: () => T
  readonly read: (form: T) => { readonly draft: Draft } | { readonly faults: ReadonlySet<string> }
  readonly send: (draft: Draft) => Promise<Answer>
  /** Where a member of what is sent stands in the form; empty: nowhere. */
  readonly fieldOf?: (member: string) => string
  /** What was sent is only looked at: the form stays as it is. */
  readonly keeps?: true
  /** It has arrived. */
  readonly done: (answer: Answer) => void
}

export function useDeskForm<T extends object, Draft, Answer>(options: DeskFormOptions<T, Draft, Answer>) {
  const { name, empty, read, send, fieldOf = (member) => member, done } = options
  const { draft, forget } = useDeskDraft(name, empty)
  const isTried = ref(false)
  const isBusy = ref(false)
  /** What the backend has said of the form as it stands. */
  const refused = ref<string>()
  const problem = ref<DeskProblem>()
  watch(draft, () => {
    refused.value = undefined
  })
  const faults = computed<ReadonlySet<string>>(() => {
    const own = isTried.value ? read(draft) : undefined
    const found = own && 'faults' in own ? own.faults : []
    return new Set([...found, ...(refused.value === undefined ? [] : [refused.value])])
  })

  async function submit(event?: { readonly target: EventTarget | null }): Promise<void> {
    isTried.value = true
    problem.value = undefined
    const reading = read(draft)
    if ('faults' in reading) return leadToFault(event?.target)
    if (isBusy.value) return
    isBusy.value = true
    try {
      const answer = await send(reading.draft)
      if (!options.keeps) forget()
      isTried.value = false
      done(answer)
    } catch (error) {
      if (!(error instanceof DeskProblem)) throw error
      const field = error.code === 'malformed' ? fieldOf(faultIn(error.detail)) : ''
      if (field) {
        refused.value = field
        await leadToFault(event?.target)
      } else problem.value = error
    } finally {
      isBusy.value = false
    }
  }

  return { draft, faults, problem, isBusy, submit, forget }
}

async function leadToFault(form: EventTarget | null | undefined): Promise<void> {
  await nextTick()
  const within = form instanceof HTMLElement ? form : document
  within.querySelector<HTMLElement>('[data-holds]')?.focus()
}
