/** A city's questions, read when they are wanted, and what the open ledger knows of one's answers, those on their way included. */
import { type ComputedRef, computed, type Ref, shallowRef, watch } from 'vue'
import { loadQuiz } from '../../../content/quiz-registry.ts'
import type { Question, Quiz } from '../../../content/quiz-schema.ts'
import type { CityId } from '../../../domain/base/city.ts'
import { shuffled } from '../../../domain/base/shuffle.ts'
import type { Points } from '../../../domain/base/units.ts'
import { QUIZ_POINTS, RIGHT_CHOICE } from '../../../domain/taking-part/quiz.ts'
import { useLedgerStore } from '../../../stores/ledger.ts'
import type { PackState } from '../use-city.ts'
import { isZh } from '../words.ts'

/** Short enough to be done between two stops. */
export const ROUND_LENGTH = 5

export interface GivenAnswer {
  readonly points: Points
  /** Not confirmed by the backend yet. */
  readonly isWaiting: boolean
}

export function useQuiz(city: Ref<CityId>) {
  const quiz = shallowRef<Quiz | null>(null)
  const state = shallowRef<PackState>('loading')
  watch(
    city,
    async (wanted) => {
      // Another city's question has no source in this city's pack.
      quiz.value = null
      state.value = 'loading'
      try {
        const read = await loadQuiz(wanted)
        if (wanted !== city.value) return
        quiz.value = read
        state.value = 'ready'
      } catch {
        if (wanted === city.value) state.value = 'failed'
      }
    },
    { immediate: true },
  )
  return { quiz, state }
}

/** By question id. Whatever device an answer was given on, once its record or its command is here. */
export function useAnswers(): ComputedRef<ReadonlyMap<string, GivenAnswer>> {
  const ledger = useLedgerStore()
  return computed(() => {
    const answers = new Map<string, GivenAnswer>()
    for (const [id, points] of Object.entries(ledger.base?.ledger.answered ?? {}))
      answers.set(id, { points, isWaiting: false })
    for (const { command } of [...ledger.waiting].reverse()) {
      if (command.kind !== 'quiz.answer' || answers.has(command.body.questionId)) continue
      const points = command.body.choice === RIGHT_CHOICE ? QUIZ_POINTS : 0
      answers.set(command.body.questionId, { points, isWaiting: true })
    }
    return answers
  })
}

export interface Option {
  /** Its place in the file, which is what is recorded. */
  readonly choice: number
  readonly text: string
}

/** In an order of this ledger and question, so that the right one does not stand first, and stands still when one comes back. */
export function optionsOf(question: Question, seed: string): Option[] {
  const options = question.options.map((option, choice) => ({ choice, text: isZh() ? option.zh : option.en }))
  return shuffled(options, `${seed} ${question.id}`, (option) => String(option.choice))
}

/** The next questions of this ledger, in an order of its own. */
export function roundOf(questions: readonly Question[], seed: string): Question[] {
  return shuffled(questions, seed, (question) => question.id).slice(0, ROUND_LENGTH)
}
