/**
 * The route table. Each view is loaded when it is needed, by pages.ts all but the two that come first. After each step: the title is set, the
 * scroll position restored, and the focus put on the new page's h1, so that a keyboard or a screen reader starts where the eye does.
 */
import { nextTick, ref, shallowRef, watchEffect } from 'vue'
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import { readSetting, settingKeys } from './composables/device-setting.ts'
import { untilIdle } from './composables/until-idle.ts'
import type { LaterPage } from './pages.ts'
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

type Loader = () => Promise<unknown>
type More = { isBare?: boolean; needsCity?: boolean; isReading?: boolean }

const first = (path: string, title: PageTitle, more: More, component: Loader): RouteRecordRaw => ({
  path,
  name: title,
  component: component as () => Promise<never>,
  meta: { title, ...more },
})

/** Where the code of all pages but the first is, is known a moment after the first screen. */
const loadPages = () => import('./pages.ts')

const page = (path: string, title: LaterPage, more: More = {}): RouteRecordRaw =>
  first(path, title, more, async () => (await loadPages()).pages[title]())

const routes: RouteRecordRaw[] = [
  first('/', 'home', { needsCity: true }, () => import('./views/home/HomeView.vue')),
  first('/welcome', 'welcome', { isBare: true }, () => import('./views/welcome/WelcomeView.vue')),
  page('/hi', 'hi', { isBare: true, isReading: true }),
  page('/ledger', 'ledger', { needsCity: true }),
  page('/period', 'period', { needsCity: true }),
  page('/period/picture', 'picture', { needsCity: true }),
  page('/ledger/:id', 'entry'),
  page('/log', 'log', { needsCity: true }),
  page('/log/trip', 'trip', { needsCity: true }),
  page('/log/routes', 'routes', { needsCity: true }),
  page('/rewards', 'rewards', { needsCity: true }),
  page('/rewards/offer/:id', 'offer'),
  page('/rewards/draw/:id', 'draw'),
  page('/vouchers/:id', 'voucher', { isBare: true }),
  page('/city/:city?', 'city', { isReading: true }),
  page('/city/:city/field/:domain', 'field', { isReading: true }),
  page('/city/:city/goals', 'goals', { isReading: true }),
  page('/city/:city/timeline', 'timeline', { isReading: true }),
  page('/city/:city/measures', 'measures', { isReading: true }),
  page('/city/:city/systems', 'systems', { isReading: true }),
  page('/city/:city/systems/:id', 'system', { isReading: true }),
  page('/compare', 'compare', { isReading: true }),
  page('/city/:city/measure/:id', 'measure', { isReading: true }),
  page('/city/:city/voice', 'voice', { needsCity: true }),
  page('/city/:city/voice/feedback', 'feedback', { needsCity: true }),
  page('/city/:city/voice/nominate', 'nominate', { needsCity: true }),
  page('/city/:city/quiz', 'quiz', { needsCity: true }),
  page('/city/:city/cards', 'cards', { needsCity: true }),
  page('/city/:city/alerts', 'alerts', { isReading: true }),
  page('/city/:city/stations', 'stations', { isReading: true }),
  page('/guides', 'guides', { isReading: true }),
  page('/guides/bins', 'bins', { isReading: true }),
  page('/guides/subsidy', 'subsidy', { isReading: true }),
  page('/guides/checklists', 'checklists', { isReading: true }),
  page('/city/:city/events', 'events', { isReading: true }),
  page('/city/:city/events/:id', 'event', { isReading: true }),
  page('/planting', 'planting', { needsCity: true }),
  page('/planting/:id', 'plantingDay', { needsCity: true }),
  page('/pickups', 'pickups', { needsCity: true }),
  page('/pickups/new', 'bookPickup', { needsCity: true }),
  page('/verify', 'verify', { isReading: true }),
  page('/news', 'news', { needsCity: true }),
  page('/me', 'me'),
  page('/me/sign-in', 'signIn'),
  page('/me/settings', 'settings', { isReading: true }),
  page('/me/privacy', 'privacy'),
  page('/me/devices', 'devices'),
  page('/me/services', 'services', { needsCity: true }),
  page('/providers/selftest', 'selftest', { isReading: true }),
  page('/me/helpers', 'helpers'),
  page('/helping/:accountId', 'helping'),
  page('/till/:part?', 'till', { isBare: true }),
  page('/me/badges', 'badges', { needsCity: true }),
  page('/me/backup', 'backup'),
  page('/me/sync', 'sync'),
  page('/me/methodology', 'methodology', { isReading: true }),
  page('/me/footprint', 'footprint', { isReading: true }),
  page('/:missing(.*)*', 'missing'),
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
// Before the first tap. If it does not come now, the page that is asked for says so.
void router
  .isReady()
  .then(untilIdle)
  .then(loadPages)
  .catch(() => undefined)

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
