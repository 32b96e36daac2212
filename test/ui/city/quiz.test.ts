/** The quiz and the cards as a person meets them: one answer each, told at once, kept on the phone, never paid twice. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { answerQuestion } from '../../../src/actions/answer-question.ts'
import { useToast } from '../../../src/composables/useToast.ts'
import { loadQuiz } from '../../../src/content/quiz-registry.ts'
import type { Question } from '../../../src/content/quiz-schema.ts'
import type { LedgerDb } from '../../../src/db/database.ts'
import { readMeta, writeMeta } from '../../../src/db/meta.ts'
import type { CommandId } from '../../../src/domain/base/ids.ts'
import type { Command } from '../../../src/domain/ledger/command.ts'
import { emptyLedger } from '../../../src/domain/ledger/ledger-state.ts'
import { QUIZ_POINTS, RIGHT_CHOICE } from '../../../src/domain/taking-part/quiz.ts'
import { language } from '../../../src/text/language.ts'
import CardsView from '../../../src/views/city/quiz/CardsView.vue'
import QuizView from '../../../src/views/city/quiz/QuizView.vue'
import { now, openWorld, type World } from '../me/world.ts'

let world: World
beforeEach(() => {
  language.value = 'zh-CN'
  window.scrollTo = () => undefined
})
afterEach(async () => {
  useToast().dismiss()
  await world.close()
})

const text = () => world.page.text().replaceAll('\u00a0', ' ')
const button = (words: string) => world.page.findAll('button').find((each) => each.text().includes(words))

function openDb(): LedgerDb {
  if (!world.device.db) throw new Error('no ledger is open')
  return world.device.db
}

async function press(words: string): Promise<void> {
  await world.settle(() => button(words) !== undefined)
  await button(words)?.trigger('click')
}

async function asked(): Promise<Question> {
  const { questions } = await loadQuiz('weifang')
  await world.settle(() => questions.some((one) => text().includes(one.questionZh)))
  return questions.find((one) => text().includes(one.questionZh)) as Question
}

async function choose(question: Question, choice: number): Promise<void> {
  const words = question.options[choice]?.zh
  const label = world.page.findAll('fieldset label').find((each) => each.find('.grow').text() === words)
  await label?.find('input').setValue(true)
}

async function answer(isRight: boolean): Promise<Question> {
  const question = await asked()
  await choose(question, isRight ? RIGHT_CHOICE : 1)
  await world.page.find('form').trigger('submit')
  await world.settle(() => text().includes(isRight ? '答对了' : '这次没答对'))
  return question
}

async function sent(): Promise<Command[]> {
  const rows = await openDb().outbox.toArray()
  return rows.map((row) => JSON.parse(row.text) as Command)
}

describe('the quiz', () => {
  beforeEach(async () => {
    world = await openWorld(QuizView, { path: '/city/weifang/quiz' })
  })

  test('says how many are left and how it counts before it begins', async () => {
    await world.settle(() => text().includes('还有 16 题没答'))
    expect(text()).toContain(`得 ${QUIZ_POINTS} 分`)
    expect(text()).toContain('登录并联网以后积分才核算')
    expect(text()).toContain('潍坊市“十四五”应对气候变化规划')
  })

  test('offers the options as one group of radio buttons, and takes no answer before one is chosen', async () => {
    await press('开始答题')
    const question = await asked()
    const inputs = world.page.findAll('fieldset input')
    expect(inputs).toHaveLength(question.options.length)
    expect(new Set(inputs.map((input) => input.attributes('name'))).size).toBe(1)
    expect(world.page.find('legend').text()).toBe(question.questionZh)
    expect(button('先选一个答案')?.attributes('disabled')).toBeDefined()
    await choose(question, RIGHT_CHOICE)
    expect(button('就选这个')?.attributes('disabled')).toBeUndefined()
  })

  test('records a first answer by its place in the file, tells it at once and can no longer be changed', async () => {
    await press('开始答题')
    const question = await answer(true)
    expect(text()).toContain(`+${QUIZ_POINTS} 分，待核算`)
    expect(text()).toContain(question.explainZh)
    expect(world.page.find('fieldset').attributes('disabled')).toBeDefined()
    expect(await sent()).toMatchObject([
      { kind: 'quiz.answer', body: { questionId: question.id, choice: RIGHT_CHOICE } },
    ])
  })

  test('shows the right answer after a wrong one, earns nothing, and makes it a card that is due', async () => {
    await press('开始答题')
    const question = await answer(false)
    const right = world.page.findAll('label').find((each) => each.text().includes('正确答案'))
    expect(right?.text()).toContain(question.options[RIGHT_CHOICE]?.zh)
    expect(text()).toContain('这题不得分')
    const cards = await readMeta(openDb(), 'cards')
    expect(cards?.[question.id]?.box).toBe(1)
  })

  test('ends after five with the points that are pending and the ones to look at again', async () => {
    await press('开始答题')
    const wrong = await answer(false)
    for (let at = 0; at < 4; at++) {
      await press('下一题')
      await answer(true)
    }
    await press('看结果')
    await world.settle(() => text().includes('答对 4 题，共 5 题'))
    expect(text()).toContain(`+${4 * QUIZ_POINTS} 分`)
    expect(text()).toContain('待核算')
    expect(text()).toContain(wrong.questionZh)
    expect(text()).toContain('再答 5 题')
    expect(world.page.find('a[href="/city/weifang/cards"]').exists()).toBe(true)
  })

  test('counts an answer that waits in the outbox, from wherever it was given, and does not ask it again', async () => {
    await world.settle(() => text().includes('还有 16 题没答'))
    const db = openDb()
    const { questions } = await loadQuiz('weifang')
    const [first] = questions
    const context = { db, now, newId: () => '00000000-0000-4000-8000-00000000000a' as CommandId }
    await answerQuestion(context, { questionId: first?.id ?? '', choice: RIGHT_CHOICE })
    await world.settle(() => text().includes('还有 15 题没答'))
    expect(text()).toContain(`${QUIZ_POINTS} 分待核算`)
  })

  test('asks for practice only what was answered before, and then sends nothing', async () => {
    const db = openDb()
    const { questions } = await loadQuiz('weifang')
    await writeMeta(db, 'ledger', {
      ...emptyLedger(),
      answered: Object.fromEntries(questions.map(({ id }, at) => [id, at % 2 ? QUIZ_POINTS : 0])),
    })
    await world.settle(() => text().includes('这座城市的题都答过了'))
    expect(text()).toContain(`已得 ${8 * QUIZ_POINTS} 分`)
    expect(button('开始答题')).toBeUndefined()
    await press('练习答过的题')
    await world.settle(() => /已得过分，只练习|已答过，只练习/.test(text()))
    await answer(true)
    expect(text()).toContain('练习不另外得分')
    expect(await sent()).toEqual([])
  })

  test('keeps the choice and says so when the answer could not be stored', async () => {
    await press('开始答题')
    const question = await asked()
    await choose(question, RIGHT_CHOICE)
    world.device.db?.close()
    await world.page.find('form').trigger('submit')
    const { current } = useToast()
    await world.settle(() => current.value !== null)
    expect(current.value?.text).toContain('没能存下')
    expect(text()).toContain(question.questionZh)
    expect(world.page.find<HTMLInputElement>('input:checked').exists()).toBe(true)
    expect(text()).not.toContain('答对了')
  })
})

describe('the cards', () => {
  beforeEach(async () => {
    world = await openWorld(CardsView, { path: '/city/weifang/cards' })
  })

  const stored = async () => (await readMeta(openDb(), 'cards')) ?? {}

  test('five a day: the question, then the answer with its source, then when it comes again, in words', async () => {
    await world.settle(() => text().includes('0 / 5'))
    const question = await asked()
    expect(text()).not.toContain(question.explainZh)
    await press('看答案')
    await world.settle(() => text().includes(question.explainZh))
    expect(text()).toContain('出处')
    expect(button('还不熟')?.text()).toContain('明天再看')
    expect(button('记住了')?.text()).toContain('3 天后再看')
    await press('记住了')
    await world.settle(() => text().includes('1 / 5'))
    expect((await stored())[question.id]?.box).toBe(2)
  })

  test('a look can be taken back', async () => {
    const question = await asked()
    await press('看答案')
    await press('还不熟')
    await world.settle(() => text().includes('记下了，明天再看'))
    await press('撤销')
    await world.settle(() => text().includes('0 / 5') && text().includes(question.questionZh))
    expect(await stored()).toEqual({})
  })

  test('when the day is done it says when the next ones come, and offers more', async () => {
    for (let at = 0; at < 5; at++) {
      await press('看答案')
      await press('记住了')
      await world.settle(() => text().includes(`${at + 1} / 5`) || text().includes('今天的卡片看完了'))
    }
    await world.settle(() => text().includes('今天的卡片看完了'))
    expect(text()).toMatch(/下一次是.*，有 5 张/)
    await press('再看 5 张新的')
    await world.settle(() => text().includes('5 / 10'))
  })

  test('follow what another tab did', async () => {
    await world.settle(() => text().includes('0 / 5'))
    const question = await asked()
    await writeMeta(openDb(), 'cards', { [question.id]: { box: 2, dueOn: '2999-01-01' } })
    await world.settle(() => !text().includes(question.questionZh))
  })
})
