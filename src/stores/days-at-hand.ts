/**
 * Of the account's days only those are read that something waiting or something on the screen is about. What waits is looked up before a
 * reading is shown, so that a tap is previewed at once; what a form asks about comes a moment later, and whoever asked is asked again.
 */
import { computed, type Ref, shallowRef, watch } from 'vue'
import { findMore } from '../db/pieces.ts'
import type { BaseRead } from '../db/reads.ts'
import { giveOn, missingOf } from '../domain/ledger/at-hand.ts'
import type { World } from '../domain/ledger/decision.ts'
import type { Ledger } from '../domain/ledger/ledger-state.ts'
import { allNeeds, type Needs, withIdleDays } from '../domain/ledger/needs.ts'
import { AT_ONCE } from './at-once.ts'
import { useDeviceStore } from './device.ts'
import { estimator } from './estimates.ts'
import { commandOfRow } from './outbox-command.ts'

/** What the screens asked about last, looked up again when the journal has moved. Nobody looks at more at once. */
const ASKED_MAX = 30

export interface DaysAtHand {
  /** What was read, once what is needed of its days is at hand. */
  readonly base: Readonly<Ref<BaseRead | undefined>>
  /** False when the journal has moved since: then what is shown will follow by itself. */
  readonly lookUp: (needs: Needs) => Promise<boolean>
  /** Whether it is at hand in that ledger, which is the confirmed one or what is expected of it; else it is looked up. */
  readonly isAtHand: (ledger: Ledger, needs: Needs) => boolean
}

export function useDaysAtHand(
  read: Readonly<Ref<BaseRead | undefined>>,
  worldOf: () => World | undefined,
): DaysAtHand {
  const device = useDeviceStore()
  const published = shallowRef<BaseRead>()
  /** Counted up when something was looked up. */
  const found = shallowRef(0)
  let asked: readonly Needs[] = []

  /** Of what came since, or of all on a part that is new. Many are looked up in slices, as they are decided. */
  function needsOf({ ledger, outbox }: BaseRead): Needs {
    const world = worldOf()
    const isSame = ledger === published.value?.ledger
    const known = new Set(isSame ? published.value?.outbox : [])
    const added = outbox.filter((row) => !known.has(row) && row.state !== 'deferred')
    const commands = world && added.length <= AT_ONCE ? added.map((row) => commandOfRow(row).command) : []
    const ofWaiting = world ? (estimator.value?.needsToDecide(commands, world) ?? []) : []
    const needs = allNeeds([ofWaiting, isSame ? [] : asked].flat())
    return withIdleDays({ ...needs, idle: outbox.length }, ledger)
  }

  async function prepare(next: BaseRead, missing: Needs): Promise<void> {
    const { db } = device
    if (db) await findMore(db, next.ledger, { at: next.cursor, needs: missing }).catch(() => false)
    if (read.value === next) published.value = next
  }

  watch(
    read,
    (next) => {
      const missing = next && !next.isStale && missingOf(next.ledger, needsOf(next))
      if (next && missing) void prepare(next, missing)
      else published.value = next
    },
    { immediate: true, flush: 'sync' },
  )

  async function lookUp(needs: Needs): Promise<boolean> {
    const { db } = device
    const shown = published.value
    if (!db || !shown) return false
    const isFound = await findMore(db, shown.ledger, { at: shown.cursor, needs })
    if (isFound) found.value++ // else the reading that follows asks again
    return isFound
  }

  return {
    base: computed(() => published.value),
    lookUp,
    isAtHand(ledger, needs) {
      void found.value
      asked = [...asked, needs].slice(-ASKED_MAX)
      if (published.value) giveOn(published.value.ledger, ledger)
      const missing = missingOf(ledger, withIdleDays(needs, ledger))
      if (missing) void lookUp(missing).catch(() => undefined)
      return missing === undefined
    },
  }
}
