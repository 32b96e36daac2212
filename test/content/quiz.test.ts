/** Every question stands on a measure or an indicator of its city, says only that entry's figures, and says them in both languages. */
import * as v from 'valibot'
import { beforeAll, describe, expect, it } from 'vitest'
import { allQuestionIds, loadQuiz } from '../../src/content/quiz-registry.ts'
import { type Question, type Quiz, quizSchema } from '../../src/content/quiz-schema.ts'
import { loadCity } from '../../src/content/registry.ts'
import type { CityPack, Indicator, Measure } from '../../src/content/schema.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { RIGHT_CHOICE } from '../../src/domain/taking-part/quiz.ts'

const SENTENCE_CHARACTERS_MAX = 90

/** Numbers as they stand in a text: `8,000` is 8000, and `CO₂` is none. */
function numbersIn(text: string): number[] {
  return (text.replace(/(?<=\d),(?=\d{3})/g, '').match(/\d+(\.\d+)?/g) ?? []).map(Number)
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6
}

/** What a text about this entry may say: its values in the unit of the language, and the years they belong to. */
function measureNumbers(one: Measure, language: 'zh' | 'en'): number[] {
  return one.figures.flatMap((figure) => {
    const scale = language === 'zh' ? 1 : figure.valueEn / figure.value
    const max = figure.valueMax === undefined ? [] : [figure.valueMax * scale]
    return [figure.value * scale, ...max, ...(figure.year === null ? [] : [figure.year])]
  })
}

function indicatorNumbers(one: Indicator, language: 'zh' | 'en'): number[] {
  const scale = language === 'zh' ? 1 : one.scaleEn
  const values = [one.value2020, one.target2025, one.target2025Max, one.target2030, one.target2035]
  const years = [2020, 2025, 2025, 2030, 2035].filter((_, at) => typeof values[at] === 'number')
  return [
    ...values.flatMap((value) => (typeof value === 'number' ? [value * scale] : [])),
    ...years,
    ...(one.inWords ? [one.inWords.year] : []),
    ...(one.base ? [one.base] : []),
  ]
}

function textsOf(question: Question, language: 'zh' | 'en'): { said: string[]; wrong: string[] } {
  const right = question.options[RIGHT_CHOICE]!
  const wrong = question.options.filter((_, at) => at !== RIGHT_CHOICE)
  return language === 'zh'
    ? { said: [question.questionZh, right.zh, question.explainZh], wrong: wrong.map((one) => one.zh) }
    : { said: [question.questionEn, right.en, question.explainEn], wrong: wrong.map((one) => one.en) }
}

it('no question id stands twice, in any city', async () => {
  const ids = await allQuestionIds()
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBeGreaterThanOrEqual(CITY_IDS.length * 14)
})

describe.each(CITY_IDS)('the quiz of %s', (city) => {
  let quiz: Quiz
  let pack: CityPack
  beforeAll(async () => {
    quiz = await loadQuiz(city)
    pack = await loadCity(city)
  })
  const entryOf = (question: Question) => ({
    measure: pack.measures.find((one) => one.id === question.about),
    indicator: pack.indicators.find((one) => one.id === question.about),
  })

  it('keeps the schema and has 14 to 16 questions of this city', () => {
    expect(v.parse(quizSchema, quiz)).toEqual(quiz)
    expect(quiz.city).toBe(city)
    expect(quiz.questions.length).toBeGreaterThanOrEqual(14)
    expect(quiz.questions.length).toBeLessThanOrEqual(16)
    const prefix = pack.measures[0]!.id.slice(0, 3)
    expect(quiz.questions.filter((one) => !one.id.startsWith(prefix))).toEqual([])
  })

  it('asks only about what stands in the pack, and not where the source is unclear', () => {
    for (const question of quiz.questions) {
      const { measure, indicator } = entryOf(question)
      expect(measure ?? indicator, question.id).toBeDefined()
      expect(measure?.uncertain, question.id).toBeUndefined()
    }
  })

  it.each(['zh', 'en'] as const)('says no number that its source does not (%s)', (language) => {
    for (const question of quiz.questions) {
      const { measure, indicator } = entryOf(question)
      const known = measure ? measureNumbers(measure, language) : indicatorNumbers(indicator!, language)
      const said = textsOf(question, language).said.flatMap(numbersIn)
      expect(
        said.filter((one) => !known.some((other) => close(one, other))),
        question.id,
      ).toEqual([])
    }
  })

  it('has one right answer: no wrong option carries a figure of the source, and all differ', () => {
    for (const question of quiz.questions) {
      const { measure, indicator } = entryOf(question)
      for (const language of ['zh', 'en'] as const) {
        const known = measure ? measureNumbers(measure, language) : indicatorNumbers(indicator!, language)
        const { wrong } = textsOf(question, language)
        const clash = wrong.flatMap(numbersIn).filter((one) => known.some((other) => close(one, other)))
        expect(clash, question.id).toEqual([])
        const all = question.options.map((one) => one[language])
        expect(new Set(all).size, question.id).toBe(all.length)
      }
    }
  })

  it('keeps sentences short, and each language to its script', () => {
    for (const question of quiz.questions) {
      const zh = [question.questionZh, question.explainZh, ...question.options.map((one) => one.zh)]
      const en = [question.questionEn, question.explainEn, ...question.options.map((one) => one.en)]
      const sentences = [
        ...zh.flatMap((one) => one.split(/[。！？；]/)),
        ...en.flatMap((one) => one.split(/[.!?] /)),
      ]
      expect(
        sentences.filter((one) => one.length > SENTENCE_CHARACTERS_MAX),
        question.id,
      ).toEqual([])
      expect(
        en.filter((one) => /\p{Script=Han}/u.test(one)),
        question.id,
      ).toEqual([])
    }
  })
})
