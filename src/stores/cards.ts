/** The learning cards of the open ledger: where each stands, live, and what a look at one does. Loaded by the pages of quiz and cards only. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useLive } from '../composables/useLive.ts'
import { changeCard, liveCards } from '../db/cards.ts'
import { dayOf } from '../domain/base/time.ts'
import { type CardState, type CardStates, missed, reviewed } from '../domain/taking-part/learning.ts'
import { useDeviceStore } from './device.ts'
import { useLedgerStore } from './ledger.ts'

export const useCardsStore = defineStore('cards', () => {
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const read = useLive(() => (device.db ? liveCards(device.db) : undefined))
  const states = computed<CardStates>(() => read.value.value ?? {})
  const isReady = computed(() => read.value.value !== undefined)
  const today = () => dayOf(ledger.now())

  async function change(id: string, to: (before: CardState | undefined) => CardState | undefined) {
    if (device.db) await changeCard(device.db, id, to)
  }

  return {
    states,
    isReady,
    today,
    review: (id: string, isKnown: boolean) => change(id, (before) => reviewed(before, isKnown, today())),
    /** A wrong answer in the quiz. */
    miss: (id: string) => change(id, (before) => missed(before, today())),
    /** Takes a look back. */
    putBack: (id: string, before: CardState | undefined) => change(id, () => before),
  }
})
