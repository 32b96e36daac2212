/** A quiz in a tunnel: answered without a network, counted once when there is one, kept through it all; what went wrong comes back as a card. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadQuiz } from '../../src/content/quiz-registry.ts'
import type { Question, Quiz } from '../../src/content/quiz-schema.ts'
import { QUIZ_POINTS, RIGHT_CHOICE } from '../../src/domain/taking-part/quiz.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { ledgerId, outbox, sessionHeaders } from './stored.ts'

const QUIZ = '/city/weifang/quiz'
let server: Server
let person: Person
let quiz: Quiz
const answered: { question: Question; isRight: boolean }[] = []

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  quiz = await loadQuiz('weifang')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

/** The question on the screen, found by its words. */
async function asked(): Promise<Question> {
  const words = await person.page.locator('main fieldset h2').textContent()
  const question = quiz.questions.find(({ questionZh }) => questionZh === words)
  if (!question) throw new Error(`not in the file: ${words}`)
  return question
}

async function answer(isRight: boolean): Promise<Question> {
  const question = await asked()
  const option = question.options[isRight ? RIGHT_CHOICE : 1]!
  await person.page
    .locator('main fieldset label')
    .filter({ has: person.page.getByText(option.zh, { exact: true }) })
    .click()
  await person.page.getByRole('button', { name: '就选这个' }).click()
  await person.sees(isRight ? '答对了' : '这次没答对')
  return question
}

it('without a server, three answers, one of them wrong: each is told at once, with why and where it stands', async () => {
  await person.choosesCity('潍坊')
  await server.stop()
  await person.reopen(QUIZ)
  await person.sees(`还有 ${quiz.questions.length} 题没答`)
  await person.page.getByRole('button', { name: /开始答题/ }).click()
  for (const isRight of [true, false, true]) {
    const question = await answer(isRight)
    answered.push({ question, isRight })
    await person.sees(isRight ? `+${QUIZ_POINTS} 分，待核算` : '这题不得分')
    await person.sees(question.explainZh)
    await person.sees('潍坊市“十四五”应对气候变化规划')
    await person.page.getByRole('button', { name: '下一题' }).click()
  }
  expect((await outbox(person.page)).length).toBe(3)
})

it('closed and opened again, still without a server: the progress is there, the points are pending', async () => {
  await person.reopen(QUIZ)
  await person.sees(`还有 ${quiz.questions.length - 3} 题没答`)
  await person.sees('10 分待核算')
  const rows = await person.ledgerRows()
  expect(rows.length).toBe(3)
  for (const row of rows) expect(row).toMatch(/答题 · 潍坊.*仅在本机/)
  await person.page.locator('main a[href^="/ledger/"]').first().click()
  await person.sees(answered[2]!.question.questionZh)
  expect(await person.page.getByRole('button', { name: '撤销' }).count()).toBe(0)
})

it('the wrong one is the first of today’s cards, and known, it comes again in three days', async () => {
  const wrong = answered.find(({ isRight }) => !isRight)!.question
  await person.goto('/city/weifang/cards')
  expect(await person.page.locator('main article h2').textContent()).toBe(wrong.questionZh)
  await person.page.getByRole('button', { name: '看答案' }).click()
  await person.sees(wrong.options[RIGHT_CHOICE]!.zh)
  await person.page.getByRole('button', { name: /记住了/ }).click()
  await person.sees('记下了，3 天后再看')
})

it('online and signed in, the points are confirmed; practising earns no more, nor does an answer from another phone', async () => {
  await server.start()
  await person.signsIn('13812345678')
  await person.untilSynced()
  await person.goto(QUIZ)
  await person.sees('已得 10 分')

  await person.page.getByRole('button', { name: '练习答过的题' }).click()
  await person.sees(/已得过分，只练习|已答过，只练习/)
  await answer(true)
  await person.sees('练习不另外得分')
  expect(await outbox(person.page)).toEqual([])

  await answerFromAnotherPhone(answered[0]!.question.id)
  await person.goto('/ledger')
  const refused = person.page.locator('main a[href^="/ledger/"]').filter({ hasText: '没有办成' }).first()
  await refused.waitFor()
  await person.goto(QUIZ)
  await person.sees('已得 10 分')
  const rows = await person.ledgerRows()
  expect(rows.filter((row) => row.includes('答题')).length).toBe(4)
  expect(rows.filter((row) => row.includes(`+${QUIZ_POINTS}`)).length).toBe(2)
  await refused.click()
  await person.sees('这道题已经答过')
  await person.sees(answered[0]!.question.questionZh)
})

it('in the next tunnel all of it is still there, and no error was written', async () => {
  await server.stop()
  await person.reopen(QUIZ)
  await person.sees('已得 10 分')
  await person.sees(`还有 ${quiz.questions.length - 3} 题没答`)
  expect(person.errors).toEqual([])
})

async function answerFromAnotherPhone(questionId: string): Promise<void> {
  const at = Date.now()
  const command = canonicalJson({
    id: crypto.randomUUID(),
    kind: 'quiz.answer',
    at,
    body: { questionId, choice: RIGHT_CHOICE },
  })
  const accountId = await ledgerId(person.page)
  const status = await person.page.evaluate(
    async ({ headers, data }) =>
      (await fetch('/api/v1/sync', { method: 'POST', headers, body: JSON.stringify(data) })).status,
    {
      headers: { 'content-type': 'application/json', ...(await sessionHeaders(person.page)) },
      data: { accountId, cursor: START, sentAt: at, commands: [command] },
    },
  )
  expect(status).toBe(200)
}
