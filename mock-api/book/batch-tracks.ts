/** The tracks that acts of one attempt at a batch stand on: nobody else made those trips, and nobody made them twice. */
import type { AccountId, CommandId } from '../../src/domain/base/ids.ts'
import type { Reason } from '../../src/domain/base/reason.ts'
import type { CommandOf } from '../../src/domain/ledger/command.ts'
import { decide } from '../../src/domain/ledger/decide.ts'
import type { Decision, World } from '../../src/domain/ledger/decision.ts'
import { isMerged } from '../../src/domain/ledger/ledger-acts.ts'
import type { Pack } from '../../src/domain/methodology/pack.ts'
import type { Deps } from '../base/deps.ts'
import { MovedOn } from '../storage/state.ts'
import { DUPLICATE_TRACK } from '../verify/findings.ts'
import { findReplay, keepBands, type MovedAct } from '../verify/replays.ts'
import { claimAllTracks, digestsOf } from '../verify/tracks.ts'
import type { SetAside } from './set-aside.ts'
import type { Writing } from './writing.ts'

export class BatchTracks {
  /** Digests of the acts of this attempt that stand. */
  readonly standing = new Set<string>()
  /** The acts themselves, as far as their tracks say how they move. */
  readonly moved: MovedAct[] = []
  /** Those that stand, with what they stand on. */
  readonly #acts: { readonly id: CommandId; readonly digests: readonly string[] }[] = []
  readonly #deps: Deps
  readonly #accountId: AccountId
  readonly #made: SetAside

  constructor(deps: Deps, accountId: AccountId, made: SetAside) {
    this.#deps = deps
    this.#accountId = accountId
    this.#made = made
  }

  /** Only what stands by the account's own rules may claim a track; then it is decided again by what was found. */
  async decide(
    writing: Writing,
    act: { command: CommandOf<'activity.record'>; decision: Decision; world: World },
  ): Promise<Decision> {
    const { command, decision, world } = act
    const digests = digestsOf(command.body)
    // What is part of another act keeps its track: nobody else made that trip.
    const isPart = isMerged(decision)
    if (digests.length === 0 || (decision.outcome === 'rejected' && !isPart)) return decision
    const isTaken = digests.some((digest) => this.#made.takenTracks.has(digest))
    const ofOthers = isTaken ? DUPLICATE_TRACK : undefined
    const found = ofOthers ?? (isPart ? undefined : await this.#findMotion(command, world.pack))
    if (found) {
      const findings = [...(world.findings ?? []), found]
      return decide(command, writing.ledger, { ...world, findings })
    }
    for (const digest of digests) this.standing.add(digest)
    this.#acts.push({ id: command.id, digests })
    return decision
  }

  /**
   * All that stand claim their tracks at once, before anything is appended. Tracks that others have were told before; with one that somebody
   * has claimed since, all is decided again.
   */
  async claim(): Promise<void> {
    if (this.#acts.length === 0) return
    const { tracks, takenTracks } = this.#made
    for (const { digests } of this.#acts) for (const digest of digests) tracks.add(digest)
    const taken = await claimAllTracks(this.#deps, this.#accountId, this.#acts)
    for (const digest of taken) takenTracks.add(digest)
    if (taken.size > 0) throw new MovedOn()
  }

  /** Its motion, in any act that stands. */
  async #findMotion(
    { id, body: claim }: CommandOf<'activity.record'>,
    pack: Pack,
  ): Promise<Reason | undefined> {
    const act = { id, claim }
    const replay = await findReplay(this.#deps, this.#accountId, { act, before: this.moved, pack })
    if (replay) return replay
    this.moved.push(act)
    this.#made.moved.set(id, act)
    await keepBands(this.#deps.db, this.#accountId, act)
    return undefined
  }
}
