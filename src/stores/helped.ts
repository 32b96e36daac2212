/** For whom this phone logs: who they are, what was logged, what became of it; coming in, logging, leaving. Loaded by their pages, and where something waits. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { joinAsHelper } from '../actions/join-as-helper.ts'
import { logFor, takeBackFor } from '../actions/log-for.ts'
import { sendHelped } from '../actions/send-helped.ts'
import { type Live, useLive } from '../composables/useLive.ts'
import { type HelpedAct, HelpedDb, liveHelped, liveHelpedActs, removeHelped } from '../db/helped.ts'
import type { ActivityId } from '../domain/base/ids.ts'
import { DAY_MS } from '../domain/base/time.ts'
import type { ActivityClaim } from '../domain/evidence/activity.ts'
import { HELPER_BATCH_MAX } from '../domain/ledger/helping.ts'
import { openCommand } from '../domain/ledger/open-record.ts'
import { useServices } from './services.ts'

export type { HelpedPerson } from '../db/helped.ts'

/** Backups are of yesterday; a restore that took longer than a week is told on other ways. */
const AGAIN_MS = 7 * DAY_MS

/** An act as the list shows it. */
export interface LoggedFor {
  readonly id: ActivityId
  readonly claim: ActivityClaim
  readonly state: HelpedAct['state']
  readonly outcome?: HelpedAct['outcome']
  /** Taking it back was asked for, and what became of that. */
  readonly withdrawal?: HelpedAct['state'] | 'refused'
}

export const useHelpedStore = defineStore('helped', () => {
  const services = useServices()
  const { device, newId, now, page } = services
  const helped = new HelpedDb()
  const read = useLive(() => liveHelped(helped))
  const people = computed(() => read.value.value ?? [])
  let sending: Promise<void> | undefined
  let isAgain = false
  let hasAsked = false
  /** The last try to send found no way through. */
  const problem = ref<unknown>()

  /** One after the other; what is logged meanwhile goes right after. */
  function send(): Promise<void> {
    isAgain = sending !== undefined
    sending ??= sendOnce().finally(() => {
      sending = undefined
      if (isAgain) void send()
    })
    return sending
  }

  async function sendOnce(): Promise<void> {
    try {
      const againSince = hasAsked ? undefined : now() - AGAIN_MS
      const context = { helped, now, page, most: HELPER_BATCH_MAX, againSince }
      await sendHelped(context, await services.backend())
      hasAsked = true
      problem.value = undefined
    } catch (error) {
      problem.value = error
    }
  }

  const context = (accountId: string) => ({ helped, accountId, now, newId, page })

  async function leave(accountId: string): Promise<void> {
    await removeHelped(helped, accountId)
    // The session is of no use without its secret, which has just gone; the backend is told where it can be.
    await (await services.backend()).leaveAsHelper(accountId).catch(() => undefined)
  }

  return {
    people,
    isRead: computed(() => read.value.value !== undefined),
    problem,
    send,
    leave,
    join: async (asked: { code: string; name: string }) =>
      joinAsHelper({ device, helped, now, newId }, await services.backend(), asked),
    async log(accountId: string, claim: ActivityClaim): Promise<void> {
      await logFor(context(accountId), claim)
      void send()
    },
    /** `asked`: it may have arrived, and is taken back once that is heard there. */
    async takeBack(accountId: string, id: ActivityId): Promise<'forgotten' | 'asked'> {
      const result = await takeBackFor(context(accountId), id)
      void send()
      return result
    },
    acts: (accountId: string): Live<HelpedAct[]> => useLive(() => liveHelpedActs(helped, accountId)),
  }
})

/** The latest first. */
export function loggedIn(rows: readonly HelpedAct[]): LoggedFor[] {
  const commands = rows.map((row) => ({ row, command: openCommand(row.text) }))
  const withdrawals = new Map(
    commands.flatMap(({ row, command }) =>
      command.kind === 'activity.withdraw' ? [[command.body.activityId, row] as const] : [],
    ),
  )
  return commands
    .flatMap(({ row, command }): LoggedFor[] => {
      if (command.kind !== 'activity.record') return []
      const { id, body } = command
      const asked = withdrawals.get(id as string as ActivityId)
      const withdrawal = asked && (asked.outcome === 'refused' ? 'refused' : asked.state)
      return [
        {
          id: id as string as ActivityId,
          claim: body,
          state: row.state,
          ...(row.outcome ? { outcome: row.outcome } : {}),
          ...(withdrawal ? { withdrawal } : {}),
        },
      ]
    })
    .reverse()
}
