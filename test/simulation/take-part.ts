/** What people do beside acts: a question answered, an event attended, a word to the city, perhaps with a photo. */

import { sha256Hex } from '../../mock-api/base/hash.ts'
import { putOccurrence } from '../../mock-api/storage/occurrences.ts'
import { answerQuestion } from '../../src/actions/answer-question.ts'
import { checkIn } from '../../src/actions/check-in.ts'
import type { ActionContext } from '../../src/actions/context.ts'
import { nominateCase } from '../../src/actions/nominate-case.ts'
import { sendFeedback } from '../../src/actions/send-feedback.ts'
import type { NewPhoto } from '../../src/db/tables.ts'
import { DAY_MS, dayOf } from '../../src/domain/base/time.ts'
import type { Occurrence } from '../../src/domain/taking-part/occurrence.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import type { Backend } from '../support/backend.ts'
import { TEST_START } from '../support/clock.ts'
import type { Random } from '../support/random.ts'

const CODE = 'GREEN7'
const EVENT: Occurrence = {
  id: 'sample-day',
  eventId: 'sample-day',
  city: 'weifang',
  titleZh: '示例活动',
  titleEn: 'Sample event',
  fromDay: dayOf(TEST_START),
  toDay: dayOf(TEST_START + 3 * DAY_MS),
  points: 30,
  hasCheckIn: true,
  sample: true,
}
/** Few, so that two phones answer the same one. */
const QUESTIONS = 4

export async function announceEvent({ db }: Backend): Promise<void> {
  await putOccurrence(db, { event: EVENT, text: canonicalJson(EVENT), code: CODE })
}

export async function takePart(
  context: ActionContext,
  backend: Backend,
  random: Random,
): Promise<{ id: string; hasPhoto: boolean }> {
  const city = 'weifang'
  switch (random.below(4)) {
    case 0: {
      const questionId = random.pick([...backend.deps.questionIds].slice(0, QUESTIONS))
      return without(answerQuestion(context, { questionId, choice: random.below(3) }))
    }
    case 1:
      return without(checkIn(context, { occurrenceId: EVENT.id, code: random.pick([CODE, 'wrong']) }))
    case 2:
      return without(sendFeedback(context, { city, topic: 'idea', text: '多种树' }))
    default: {
      const photo = photoOf(random.below(250))
      return { id: await nominateCase(context, { city, title: '菜园', text: '屋顶' }, photo), hasPhoto: true }
    }
  }
}

async function without(id: Promise<string>): Promise<{ id: string; hasPhoto: boolean }> {
  return { id: await id, hasPhoto: false }
}

/** A picture by its first bytes, and one of its own by the last. */
export function photoOf(last: number): NewPhoto {
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, last])
  const base64 = Buffer.from(bytes).toString('base64')
  return { digest: sha256Hex(bytes), type: 'image/jpeg', bytes: bytes.length, base64 }
}
