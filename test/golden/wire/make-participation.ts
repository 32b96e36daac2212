/**
 * Writes samples of what came to protocol version 1 later: answers to questions, check-ins, feedback and nominations. As with the others, what
 * is published is never written anew.
 */
import { writeFileSync } from 'node:fs'
import { putOccurrence } from '../../../mock-api/storage/occurrences.ts'
import { DAY_MS, dayOf } from '../../../src/domain/base/time.ts'
import type { Command } from '../../../src/domain/ledger/command.ts'
import type { Occurrence } from '../../../src/domain/taking-part/occurrence.ts'
import { canonicalJson } from '../../../src/proof/canonical.ts'
import { START } from '../../../src/proof/chain.ts'
import { startBackend } from '../../support/backend.ts'
import { NOON } from '../../support/builders.ts'
import { signIn } from '../../support/client.ts'
import { answer, checkIn, feedback, nominate } from '../../support/commands.ts'

const backend = await startBackend({ now: NOON })
const event: Occurrence = {
  id: 'sample-open-day',
  eventId: 'sample-open-day',
  city: 'weifang',
  titleZh: '示例：低碳开放日',
  titleEn: 'Sample: low-carbon open day',
  fromDay: dayOf(NOON),
  toDay: dayOf(NOON + DAY_MS),
  points: 30,
  hasCheckIn: true,
  sample: true,
}
await putOccurrence(backend.db, { event, text: canonicalJson(event), code: 'GREEN7' })
const me = await signIn(backend)
const [questionId = ''] = backend.deps.questionIds
const photo = { digest: 'a'.repeat(64), type: 'image/webp', bytes: 1234 } as const
const made: Command[] = [
  answer(backend, questionId, 0),
  answer(backend, questionId, 1),
  checkIn(backend, event.id, 'green 7'),
  checkIn(backend, event.id, 'GREEN7'),
  feedback(backend, { measureId: 'wf-m-bike-more', text: '学校门口也想要一个站' }),
  nominate(backend, { photo }),
]
const { accountId, cookie } = me
const request = {
  accountId,
  cursor: START,
  sentAt: NOON,
  commands: made.map((command) => canonicalJson(command)),
}
const exchanges: object[] = []
for (const [method, path] of [
  ['POST', '/sync'],
  ['GET', '/keys'],
] as const) {
  const body = method === 'POST' ? { body: JSON.stringify(request) } : {}
  const response = await backend.fetch(
    new Request(`http://localhost:4173/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...body,
    }),
  )
  exchanges.push({
    route: `${method} ${path}`,
    ...(method === 'POST' ? { request } : {}),
    status: response.status,
    answer: await response.json(),
  })
}
const samples = { version: 1, commands: request.commands, exchanges }
writeFileSync(new URL('v1-participation.json', import.meta.url), `${JSON.stringify(samples, null, 1)}\n`)
process.exit(0)
