/** The inbox: what the journal, the calendar and the city have brought, and how far it was read. For components: its reads end with them. */
import { computed, watch } from 'vue'
import { useLive } from '../composables/useLive.ts'
import { useNow } from '../composables/useNow.ts'
import { readFact, writeFact } from '../db/device.ts'
import { liveNews, markRead, NEWS_TAG, noteContent, takeUnnoticed } from '../db/news.ts'
import { DEFAULT_CITY } from '../domain/base/city.ts'
import { dayOf, HOUR_MS } from '../domain/base/time.ts'
import { isUnread, type News, newestFirst } from '../domain/kinds/news.ts'
import { newsOfAlerts, newsOfContent } from '../domain/kinds/news-of-city.ts'
import type { Alert } from '../domain/taking-part/alert.ts'
import type { FeedValue } from '../sync/feeds.ts'
import { useContentStore } from './content.ts'
import { useDeviceStore } from './device.ts'
import { useKeptStore } from './kept.ts'
import { useLedgerStore } from './ledger.ts'
import { useServices } from './services.ts'
import { useSyncStore } from './sync.ts'

/** How the browser is asked to wake the worker for news: twice a day is soon enough for what people decide in days. */
export const NEWS_WAKING = { tag: NEWS_TAG, everyMs: 12 * HOUR_MS } as const

/**
 * Of what the phone has at hand; who shows the whole inbox asks for the alerts and reads the city's plan.
 * @param isQuiet the page can do without it: a read that fails is not said.
 */
export function useNews({ isQuiet = true } = {}) {
  const device = useDeviceStore()
  const ledger = useLedgerStore()
  const kept = useKeptStore()
  const content = useContentStore()
  const clock = useNow()
  const now = computed(() => {
    void clock.value
    return ledger.now()
  })
  /** With the day, what is about to end changes, and nothing else. */
  const today = computed(() => dayOf(now.value))
  const read = useLive(() => (device.db && today.value ? liveNews(device.db, ledger.now) : undefined), {
    isQuiet,
  })
  const alertRead = kept.live('alerts', () => device.city ?? DEFAULT_CITY)
  const alerts = computed<readonly Alert[]>(() => {
    if (!device.city) return []
    return (alertRead.value.value?.value as FeedValue<'alerts'> | undefined)?.alert ?? []
  })

  const plan = computed(() => (device.city ? content.inUse.get(device.city) : undefined))
  watch(
    [plan, () => device.db, () => read.value.value?.knownContent],
    ([pack, db, known]) => {
      const { city } = device
      if (!pack || !db || !known || !city || pack.city.id !== city) return
      const version = versionOf(pack)
      if ((known[city]?.version ?? '') < version)
        void noteContent(db, city, { version, now: now.value }).catch(() => undefined) // a ledger that is left closes under it
    },
    { immediate: true },
  )

  const news = computed<readonly News[]>(() => {
    const { city } = device
    if (!read.value.value) return []
    const { news: own, knownContent } = read.value.value
    if (!city) return own
    return newestFirst([
      ...own,
      ...newsOfAlerts(alerts.value, city, now.value),
      ...newsOfContent(knownContent[city], city, now.value),
    ])
  })
  const unread = computed(() => {
    const marks = read.value.value?.marks
    return marks ? news.value.filter((each) => isUnread(each, marks)) : []
  })

  return {
    now,
    /** Newest first. */
    news,
    unread,
    alerts,
    /** What the rows show beside their news: the records, the marks. */
    read: read.value,
    /** The kept alerts were looked up: what was read of them may be forgotten where they are gone. */
    areAlertsRead: computed(
      () => !device.city || alertRead.value.value !== undefined || alertRead.error.value !== undefined,
    ),
  }
}

/** All of it was before the person's eyes: on this phone, and with the next exchange on the others. */
export async function readAll(news: readonly News[]): Promise<void> {
  const { db } = useDeviceStore()
  if (db && (await markRead(db, news))) await useSyncStore().poke()
}

/** What no notification of this phone has told yet. */
export async function takeNews(): Promise<News[]> {
  const { db } = useDeviceStore()
  return db ? takeUnnoticed(db, useLedgerStore().now()) : []
}

/** Whether this phone tells of news by notifications, as the worker knows it. */
export async function areNoticesOn(): Promise<boolean> {
  return (await readFact(useServices().device, 'notices'))?.isOn === true
}

/** @param language in which the worker says it, which has no screen to look at. What came before it was turned on is not told. */
export async function setNotices(isOn: boolean, language: 'zh-CN' | 'en'): Promise<void> {
  await writeFact(useServices().device, 'notices', { isOn, language })
  if (isOn) await takeNews()
}

/** Of one day the second is the later, also behind the ninth. */
function versionOf({ version, revision = 1 }: { version: string; revision?: number | undefined }): string {
  return `${version}.${String(revision).padStart(3, '0')}`
}
