/** The sentence on the 记录 page: read into the form, shown as it was understood, and there until what it says is recorded. */
import { computed, shallowRef } from 'vue'
import { shortActivityName, sizeWords } from '../../components/activity/claim-words.ts'
import type { ActCode } from '../../content/act-links.ts'
import { readSentence, type SaidAct } from '../../content/act-sentence.ts'
import type { CityId } from '../../domain/base/city.ts'
import { dayOf } from '../../domain/base/time.ts'
import { type ActivityGroup, methodologyOf, type Pack } from '../../domain/methodology/pack.ts'
import { useDraft } from '../../stores/drafts.ts'
import type { LogDraft } from '../../stores/log-draft.ts'
import { useText } from '../../text/define-text.ts'
import { formatNumber } from '../../text/format.ts'
import { formatWhen } from '../../text/format-date.ts'
import { language } from '../../text/language.ts'
import { sentenceText } from '../../text/log/sentence.ts'

interface Form {
  readonly now: () => number
  readonly pack: () => Pack
  readonly city: () => CityId
  /** Puts the fields into the form, with what stood there one tap away. */
  readonly fill: (given: Partial<LogDraft>, group: ActivityGroup) => void
}

export function useSentence({ now, pack, city, fill }: Form) {
  const t = useText(sentenceText)
  const { draft, forget } = useDraft('log-sentence', () => ({ text: '' }))
  const said = shallowRef<SaidAct>()

  function read(): void {
    const act = readSentence(draft.text, { now: now(), pack: pack() })
    said.value = { ...act, choices: act.choices.filter(isHere) }
    if (act.code) put(act, act.code)
  }

  /** No metro is offered where there is none. */
  function isHere(code: ActCode): boolean {
    return methodologyOf(pack(), code)?.cities?.includes(city()) ?? true
  }

  function choose(code: ActCode): void {
    if (!said.value) return
    const doubts = said.value.doubts.filter((doubt) => doubt !== 'which' && doubt !== 'kind')
    const act: SaidAct = {
      ...said.value,
      code,
      choices: [],
      doubts: code === 'nev-ride' ? [...doubts, 'newEnergy'] : doubts,
    }
    said.value = act
    put(act, code)
  }

  function put(act: SaidAct, code: ActCode): void {
    const methodology = methodologyOf(pack(), code)
    if (!methodology) return
    const isWholeDay = methodology.limits.minHours !== undefined
    const day = isWholeDay && act.day !== dayOf(now()) ? act.day : null
    fill({ code, ...fieldsOf(act), startedAt: act.at, note: act.line ?? '', day }, methodology.group)
  }

  /** Recorded: what the sentence went on to say is next. */
  async function next(): Promise<void> {
    const rest = said.value?.code ? said.value.rest : ''
    said.value = undefined
    await forget()
    draft.text = rest
  }

  const words = computed(() => {
    const act = said.value
    return act?.code
      ? [
          nameAndSize(act, act.code),
          act.line,
          act.at === null ? '' : formatWhen(act.at, now(), language.value),
        ]
          .filter(Boolean)
          .join(' · ')
      : ''
  })
  const doubts = computed(() => said.value?.doubts.map((doubt) => t.value.doubts[doubt]) ?? [])

  function nameAndSize({ amount }: SaidAct, code: ActCode): string {
    const name = shortActivityName(code, language.value)
    if (!amount) return name
    const { unit, value } = amount
    const size =
      unit === 'stop'
        ? { stops: value }
        : unit === 'count'
          ? { quantity: { value, unit: 'count' } as const }
          : undefined
    return `${name} ${size ? sizeWords({ code, ...size }, language.value) : `${formatNumber(value, language.value)}\u00a0${unit === 'minute' ? t.value.units.minute : t.value.units.km}`}`
  }

  return { draft, said, words, doubts, read, choose, next }
}

function fieldsOf({ amount, minutes }: SaidAct): Partial<LogDraft> {
  switch (amount?.unit) {
    case undefined:
      return {}
    case 'km':
      return { by: 'distance', km: amount.value, minutes: minutes ?? null }
    case 'stop':
      return { by: 'stops', stops: amount.value, minutes: minutes ?? null }
    case 'minute':
      return { by: 'minutes', minutes: amount.value }
    case 'count':
      return { count: amount.value }
  }
}
