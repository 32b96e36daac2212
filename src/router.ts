/**
 * The route table, one lazy view each. After each step: the title is set, the scroll position restored, and the focus
 * put on the new page's h1, so that a keyboard or a screen reader starts where the eye does.
 */
import { nextTick, ref, shallowRef, watchEffect } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { readSetting, settingKeys } from './composables/device-setting.ts'
import { untilIdle } from './composables/until-idle.ts'
import { appText } from './text/app/app.ts'
import type { PageTitle } from './text/app/page-titles.ts'
import { useText } from './text/define-text.ts'
import { language } from './text/language.ts'

declare module 'vue-router' {
  interface RouteMeta {
    title: PageTitle
    /** Without the tab bar: a first step or something shown to someone else. */
    isBare?: boolean
    /** Makes no sense before a city is chosen: there is no ledger yet to write into. */
    needsCity?: boolean
    /** Only reads what came with the app or the network: works where the browser lets nothing be kept. */
    isReading?: boolean
  }
}

const page = (
  path: string,
  title: PageTitle,
  component: () => Promise<unknown>,
  more: { isBare?: boolean; needsCity?: boolean; isReading?: boolean } = {},
): RouteRecordRaw => ({
  path,
  name: title,
  component: component as () => Promise<never>,
  meta: { title, ...more },
})

const routes: RouteRecordRaw[] = [
  page('/', 'home', () => import('./views/home/HomeView.vue'), { needsCity: true }),
  page('/welcome', 'welcome', () => import('./views/welcome/WelcomeView.vue'), { isBare: true }),
  page('/hi', 'hi', () => import('./views/welcome/LandingView.vue'), { isBare: true, isReading: true }),
  page('/ledger', 'ledger', () => import('./views/ledger/LedgerView.vue'), { needsCity: true }),
  page('/period', 'period', () => import('./views/period/PeriodView.vue'), { needsCity: true }),
  page('/period/picture', 'picture', () => import('./views/period/picture/PictureView.vue'), {
    needsCity: true,
  }),
  page('/ledger/:id', 'entry', () => import('./views/ledger/EntryView.vue')),
  page('/log', 'log', () => import('./views/log/LogView.vue'), { needsCity: true }),
  page('/log/trip', 'trip', () => import('./views/trip/TripView.vue'), { needsCity: true }),
  page('/log/routes', 'routes', () => import('./views/log/RoutesView.vue'), { needsCity: true }),
  page('/rewards', 'rewards', () => import('./views/rewards/RewardsView.vue'), { needsCity: true }),
  page('/rewards/offer/:id', 'offer', () => import('./views/rewards/OfferView.vue')),
  page('/rewards/draw/:id', 'draw', () => import('./views/rewards/DrawView.vue')),
  page('/vouchers/:id', 'voucher', () => import('./views/rewards/VoucherView.vue'), { isBare: true }),
  page('/city/:city?', 'city', () => import('./views/city/CityView.vue'), { isReading: true }),
  page('/city/:city/field/:domain', 'field', () => import('./views/city/plan/FieldView.vue'), {
    isReading: true,
  }),
  page('/city/:city/goals', 'goals', () => import('./views/city/plan/GoalsView.vue'), { isReading: true }),
  page('/city/:city/timeline', 'timeline', () => import('./views/city/plan/TimelineView.vue'), {
    isReading: true,
  }),
  page('/city/:city/measures', 'measures', () => import('./views/city/plan/MeasuresView.vue'), {
    isReading: true,
  }),
  page('/city/:city/systems', 'systems', () => import('./views/city/systems/SystemsView.vue'), {
    isReading: true,
  }),
  page('/city/:city/systems/:id', 'system', () => import('./views/city/systems/SystemView.vue'), {
    isReading: true,
  }),
  page('/compare', 'compare', () => import('./views/city/compare/CompareView.vue'), { isReading: true }),
  page('/city/:city/measure/:id', 'measure', () => import('./views/city/plan/MeasureView.vue'), {
    isReading: true,
  }),
  page('/city/:city/voice', 'voice', () => import('./views/voice/VoiceView.vue'), { needsCity: true }),
  page('/city/:city/voice/feedback', 'feedback', () => import('./views/voice/FeedbackView.vue'), {
    needsCity: true,
  }),
  page('/city/:city/voice/nominate', 'nominate', () => import('./views/voice/NominateView.vue'), {
    needsCity: true,
  }),
  page('/city/:city/quiz', 'quiz', () => import('./views/city/quiz/QuizView.vue'), { needsCity: true }),
  page('/city/:city/cards', 'cards', () => import('./views/city/quiz/CardsView.vue'), { needsCity: true }),
  page('/city/:city/alerts', 'alerts', () => import('./views/city/alerts/AlertsView.vue'), {
    isReading: true,
  }),
  page('/city/:city/stations', 'stations', () => import('./views/city/stations/StationsView.vue'), {
    isReading: true,
  }),
  page('/guides', 'guides', () => import('./views/guides/GuidesView.vue'), { isReading: true }),
  page('/guides/bins', 'bins', () => import('./views/guides/BinsView.vue'), { isReading: true }),
  page('/guides/subsidy', 'subsidy', () => import('./views/guides/SubsidyView.vue'), { isReading: true }),
  page('/guides/checklists', 'checklists', () => import('./views/guides/ChecklistsView.vue'), {
    isReading: true,
  }),
  page('/city/:city/events', 'events', () => import('./views/city/events/EventsView.vue'), {
    isReading: true,
  }),
  page('/city/:city/events/:id', 'event', () => import('./views/city/events/EventView.vue'), {
    isReading: true,
  }),
  page('/planting', 'planting', () => import('./views/planting/PlantingView.vue'), { needsCity: true }),
  page('/planting/:id', 'plantingDay', () => import('./views/planting/PlantingDayView.vue'), {
    needsCity: true,
  }),
  page('/pickups', 'pickups', () => import('./views/pickups/PickupsView.vue'), { needsCity: true }),
  page('/pickups/new', 'bookPickup', () => import('./views/pickups/BookPickupView.vue'), { needsCity: true }),
  page('/verify', 'verify', () => import('./views/verify/VerifyView.vue'), { isReading: true }),
  page('/news', 'news', () => import('./views/news/NewsView.vue'), { needsCity: true }),
  page('/me', 'me', () => import('./views/me/MeView.vue')),
  page('/me/sign-in', 'signIn', () => import('./views/me/SignInView.vue')),
  page('/me/settings', 'settings', () => import('./views/me/SettingsView.vue'), { isReading: true }),
  page('/me/privacy', 'privacy', () => import('./views/me/PrivacyView.vue')),
  page('/me/devices', 'devices', () => import('./views/me/DevicesView.vue')),
  page('/me/services', 'services', () => import('./views/me/services/ServicesView.vue'), { needsCity: true }),
  page('/providers/selftest', 'selftest', () => import('./views/providers/SelftestView.vue'), {
    isReading: true,
  }),
  page('/me/helpers', 'helpers', () => import('./views/helping/HelpersView.vue')),
  page('/helping/:accountId', 'helping', () => import('./views/helping/HelpingView.vue')),
  page('/till/:part?', 'till', () => import('./views/till/TillView.vue'), { isBare: true }),
  page('/me/badges', 'badges', () => import('./views/me/badges/BadgesView.vue'), { needsCity: true }),
  page('/me/backup', 'backup', () => import('./views/me/BackupView.vue')),
  page('/me/sync', 'sync', () => import('./views/me/SyncView.vue')),
  page('/me/methodology', 'methodology', () => import('./views/me/MethodologyView.vue'), { isReading: true }),
  page('/me/footprint', 'footprint', () => import('./views/me/footprint/FootprintView.vue'), {
    isReading: true,
  }),
  page('/:missing(.*)*', 'missing', () => import('./components/app/MissingView.vue')),
]

/** A page whose rows come from the database is short at first: wait up to this many frames for its height. */
const restoreFramesMax = 30

async function untilTall(top: number): Promise<void> {
  for (let frame = 0; frame < restoreFramesMax; frame++) {
    if (document.documentElement.scrollHeight >= top + innerHeight) return
    await new Promise(requestAnimationFrame)
  }
}

export const router = createRouter({
  history: createWebHistory(),
  routes,
  async scrollBehavior(to, from, saved) {
    if (saved) await untilTall(saved.top)
    if (saved) return saved
    if (to.hash) return { el: to.hash }
    return to.path === from.path ? false : { top: 0 }
  },
})

/** Spoken by the live region in App.vue. Empty until the first step: the page itself is read on arrival. */
export const announced = ref('')
/** The page a person wanted whose code could not be loaded (offline, or replaced by a newer version). */
export const failedPath = ref('')

router.beforeEach((to) => {
  if (!to.meta.needsCity || readSetting(settingKeys.city)) return true
  return { path: '/welcome', query: to.path === '/' ? {} : { next: to.fullPath }, replace: true }
})

router.onError((_error, to) => {
  failedPath.value = to.fullPath
})

const t = useText(appText)
/** Of no use to the first screen, which has its name: they come when the browser has nothing better to do, or with the next page. */
const titles = shallowRef<typeof import('./text/app/page-titles.ts')['pageTitles']>()
const pageTitle = (): string =>
  titles.value?.[language.value][router.currentRoute.value.meta.title ?? 'home'] ?? t.value.name

watchEffect(() => {
  const title = pageTitle()
  document.title = title === t.value.name ? title : `${title} · ${t.value.name}`
})

async function loadTitles(): Promise<void> {
  // A page whose code cannot be loaded says so itself; without its title it goes by the app's name.
  titles.value ??= await import('./text/app/page-titles.ts').then(
    ({ pageTitles }) => pageTitles,
    () => undefined,
  )
}

void router.isReady().then(untilIdle).then(loadTitles)

router.afterEach(async (to, from, failure) => {
  if (failure) return
  failedPath.value = ''
  if (from.matched.length === 0 || to.path === from.path) return
  await nextTick()
  const target = document.querySelector<HTMLElement>('#main h1') ?? document.getElementById('main')
  if (target && !target.hasAttribute('tabindex')) target.tabIndex = -1
  target?.focus({ preventScroll: true })
  await loadTitles()
  announced.value = pageTitle()
})
