/**
 * What comes over a ledger from elsewhere, under dice of its own, so that a seed does the same with and without: operators decide, phones'
 * clocks are wrong and put right, the sweeper runs between taps, keys are rotated.
 */
import { answerVoice } from '../../mock-api/book/answer-voice.ts'
import { decideReview } from '../../mock-api/book/decide-review.ts'
import { BookError } from '../../mock-api/book/errors.ts'
import { openKeyring } from '../../mock-api/keys/keyring.ts'
import { readPendingReviews } from '../../mock-api/storage/reviews.ts'
import { readVoices } from '../../mock-api/storage/voices.ts'
import type { AccountId, ActivityId } from '../../src/domain/base/ids.ts'
import type { Backend } from '../support/backend.ts'
import type { Random } from '../support/random.ts'
import type { Room, World } from './world.ts'

const HOUR_MS = 3600_000
const YEAR_MS = 366 * 24 * HOUR_MS

/** A phone's clock: what it is off by, until somebody sets it. */
export interface SkewedClock {
  offMs: number
}

export function operators(world: World, dice: Random): Room {
  return { often: 33, dice, befall: () => befall(world, dice) }
}

async function befall({ backend, clocks, counts }: World, random: Random): Promise<void> {
  const dice = random.below(10)
  if (dice < 3) counts.decided += await decideSomething(backend, random)
  else if (dice < 6) {
    random.pick([...clocks.values()]).offMs = random.pick([
      0,
      0,
      12 * HOUR_MS,
      -9 * HOUR_MS,
      2 * HOUR_MS,
      -30 * YEAR_MS,
      YEAR_MS,
    ])
    counts.skewed++
  } else if (dice < 7) {
    // As the tool on the command line: a process of its own, which the server hears of later.
    await openKeyring(backend.deps).rotate('all')
    counts.rotated++
  } else if (dice < 9) {
    await backend.sweep()
    counts.swept++
  }
}

/** The first that waits, granted or declined, answered or put off; another operator may have been first. */
async function decideSomething(backend: Backend, random: Random): Promise<number> {
  const { deps, db } = backend
  try {
    const [review] = await readPendingReviews(db, 1)
    if (review && random.below(2)) {
      const verdict = { decision: random.pick(['grant', 'decline'] as const), note: '看过了' }
      await decideReview(deps, review.accountId as AccountId, {
        activityId: review.activityId as ActivityId,
        verdict,
      })
      return 1
    }
    const [voice] = await readVoices(db, { isOpen: true, limit: 1 })
    if (!voice) return 0
    const answer = { state: random.pick(['in_progress', 'answered', 'declined'] as const), note: '收到' }
    await answerVoice(deps, voice.accountId, { voiceId: voice.voiceId, answer })
    return 1
  } catch (error) {
    if (error instanceof BookError) return 0
    throw error
  }
}
