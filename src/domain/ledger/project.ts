/**
 * The screen is `project(journal, outbox)`: the confirmed ledger with the outbox decided upon it, in order, by the code that the
 * backend runs too. Confirmed and estimated figures are never mixed. There is no rollback and no merge: the next projection replaces this one.
 */
import type { World } from './decision.ts'
import type { Ledger } from './ledger.ts'
import { beginRun, goOn, type PreviewRun, projectionOf, restOf, type Screen } from './preview-run.ts'
import type { OutboxCommand, Projection } from './projection.ts'

export function project(confirmed: Ledger, outbox: readonly OutboxCommand[], world: World): Projection {
  return projectionOf(projectOn(undefined, { confirmed, outbox, world }))
}

/**
 * The run of the screen: the last one, gone on, where the screen differs from it by commands that came behind; else one made anew. Either
 * shows the same as `project` of everything.
 */
export function projectOn(last: PreviewRun | undefined, screen: Screen): PreviewRun {
  const rest = last && restOf(last, screen)
  const run = last && rest ? last : beginRun(screen)
  goOn(run, rest ?? screen.outbox)
  return run
}
