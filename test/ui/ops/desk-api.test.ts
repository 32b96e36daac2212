/** The desk's requests: asked for once more after the passkey's word under the same id, and every failure a problem that has words. */
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { createDeskApi, DeskProblem } from '../../../src/ops/desk-api.ts'

const answerSchema = v.object({ done: v.boolean() })
const problem = (code: string, status: number) =>
  new Response(JSON.stringify({ type: 'x', title: 'x', status, code }), { status })
const fine = () => new Response('{"done":true}')

function apiWith(answers: (() => Response)[], stepUp = async () => true) {
  const asked: { path: string; id: string | null }[] = []
  let ids = 0
  let isOut = false
  const api = createDeskApi({
    newId: () => `id ${++ids}`,
    stepUp,
    signedOut: () => {
      isOut = true
    },
    reach: async (path, init) => {
      asked.push({ path, id: new Headers(init.headers).get('idempotency-key') })
      const next = answers.shift()
      if (!next) throw new TypeError('no network')
      return next()
    },
  })
  return { api, asked, isOut: () => isOut }
}

it('goes on by itself once the passkey has spoken: the same request under the same id', async () => {
  const { api, asked } = apiWith([() => problem('step_up_needed', 403), fine])
  expect(await api.send('POST', '/people', { name: '李四' }, answerSchema)).toEqual({ done: true })
  expect(asked).toEqual([
    { path: '/api/v1/ops/people', id: 'id 1' },
    { path: '/api/v1/ops/people', id: 'id 1' },
  ])
})

it.each<[string, () => Response]>([
  [
    'was lost',
    () => {
      throw new TypeError('no network')
    },
  ],
  ['was that it is busy', () => problem('busy', 503)],
])(
  'says the same request again under the same id when its answer %s, and a new one once it was heard',
  async (_what, failed) => {
    const { api, asked } = apiWith([failed, fine, fine, failed, () => problem('already_decided', 409), fine])
    const say = (name: string) => api.send('POST', '/people', { name }, answerSchema).catch(() => undefined)
    await say('李四')
    expect(await say('李四')).toEqual({ done: true })
    await say('李四')
    await say('王五')
    await say('王五')
    await say('王五')
    expect(asked.map(({ id }) => id)).toEqual(['id 1', 'id 1', 'id 2', 'id 3', 'id 3', 'id 4'])
  },
)

it('does nothing when the passkey is not given', async () => {
  const { api, asked } = apiWith([() => problem('step_up_needed', 403)], async () => false)
  await expect(api.send('POST', '/people', {})).rejects.toMatchObject({ code: 'step_up_needed' })
  expect(asked).toHaveLength(1)
})

it('says that the session is over, so that the door is shown', async () => {
  const { api, isOut } = apiWith([() => problem('not_signed_in', 401)])
  await expect(api.get('/people', answerSchema)).rejects.toMatchObject({ code: 'not_signed_in' })
  expect(isOut()).toBe(true)
})

it.each<[string, (() => Response)[], string]>([
  ['no network', [], 'offline'],
  ['a page of somebody in between', [() => new Response('<html>', { status: 503 })], 'busy'],
  ['a code of a later backend', [() => problem('of_tomorrow', 409)], 'already_decided'],
  ['an answer of another shape', [() => new Response('{}')], 'malformed'],
])('has a problem for %s', async (_what, answers, code) => {
  const { api } = apiWith(answers)
  const failed = await api.get('/people', answerSchema).catch((error: unknown) => error)
  expect(failed).toBeInstanceOf(DeskProblem)
  expect(failed).toMatchObject({ code })
})
