/** What a city's page leads to beside its plan: each with its page's title, an icon, and the way there. */
import type { Component } from 'vue'
import IconEvents from '~icons/ph/calendar-dots'
import IconCards from '~icons/ph/cards'
import IconQuiz from '~icons/ph/exam'
import IconGuides from '~icons/ph/list-checks'
import IconStations from '~icons/ph/map-pin'
import IconVoice from '~icons/ph/megaphone-simple'
import IconCompare from '~icons/ph/scales'
import IconAlerts from '~icons/ph/siren'
import IconSystems from '~icons/ph/tree-structure'
import type { CityId } from '../../domain/base/city.ts'
import type { PageTitle } from '../../text/app/page-titles.ts'

interface CityTool {
  readonly page: PageTitle
  readonly icon: Component
  readonly path: (city: CityId) => string
}

export const cityTools: readonly CityTool[] = [
  { page: 'alerts', icon: IconAlerts, path: (city) => `/city/${city}/alerts` },
  { page: 'events', icon: IconEvents, path: (city) => `/city/${city}/events` },
  { page: 'voice', icon: IconVoice, path: (city) => `/city/${city}/voice` },
  { page: 'quiz', icon: IconQuiz, path: (city) => `/city/${city}/quiz` },
  { page: 'cards', icon: IconCards, path: (city) => `/city/${city}/cards` },
  { page: 'compare', icon: IconCompare, path: () => '/compare' },
  { page: 'systems', icon: IconSystems, path: (city) => `/city/${city}/systems` },
  { page: 'stations', icon: IconStations, path: (city) => `/city/${city}/stations` },
  { page: 'guides', icon: IconGuides, path: (city) => `/guides?city=${city}` },
]
