/** All pages of the desk: where each is, who works on it, and in which group of the navigation. A page that is not here is not reached. */
import type { Component } from 'vue'
import type { Role } from '../../domain/ledger/operator.ts'
import { ROLES } from '../../domain/ledger/operator.ts'
import type { DeskPageName } from '../../text/ops/page-titles.ts'

export interface DeskPageEntry {
  readonly name: DeskPageName
  readonly path: string
  /** Who has something to do there; whoever audits sees all. */
  readonly roles: readonly Role[]
  readonly component: () => Promise<{ default: Component }>
}

export const DESK_PAGES: readonly DeskPageEntry[] = [
  {
    name: 'overview',
    path: '/overview',
    roles: ROLES,
    component: () => import('../pages/overview/OverviewPage.vue'),
  },
  {
    name: 'reviews',
    path: '/reviews',
    roles: ['reviewer'],
    component: () => import('../pages/reviews/ReviewsPage.vue'),
  },
  {
    name: 'feedback',
    path: '/feedback',
    roles: ['reviewer'],
    component: () => import('../pages/voices/FeedbackPage.vue'),
  },
  {
    name: 'nominations',
    path: '/nominations',
    roles: ['reviewer'],
    component: () => import('../pages/voices/NominationsPage.vue'),
  },
  {
    name: 'offers',
    path: '/offers',
    roles: ['catalog', 'finance', 'approver'],
    component: () => import('../pages/offers/OffersPage.vue'),
  },
  {
    name: 'shops',
    path: '/shops',
    roles: ['catalog', 'finance', 'reviewer', 'approver'],
    component: () => import('../pages/shops/ShopsPage.vue'),
  },
  {
    name: 'vouchers',
    path: '/vouchers',
    roles: ['reviewer', 'finance'],
    component: () => import('../pages/vouchers/VouchersPage.vue'),
  },
  {
    name: 'disputes',
    path: '/disputes',
    roles: ['reviewer'],
    component: () => import('../pages/disputes/DisputesPage.vue'),
  },
  {
    name: 'events',
    path: '/events',
    roles: ['catalog'],
    component: () => import('../pages/events/EventsPage.vue'),
  },
  {
    name: 'planting',
    path: '/planting',
    roles: ['catalog', 'approver'],
    component: () => import('../pages/planting/PlantingPage.vue'),
  },
  {
    name: 'alerts',
    path: '/alerts',
    roles: ['catalog'],
    component: () => import('../pages/alerts/AlertsPage.vue'),
  },
  {
    name: 'content',
    path: '/content',
    roles: ['catalog'],
    component: () => import('../pages/content/ContentPage.vue'),
  },
  {
    name: 'services',
    path: '/services',
    roles: ['admin', 'reviewer'],
    component: () => import('../pages/services/ServicesPage.vue'),
  },
  {
    name: 'totals',
    path: '/totals',
    roles: ROLES,
    component: () => import('../pages/totals/TotalsPage.vue'),
  },
  {
    name: 'proposals',
    path: '/proposals',
    roles: ROLES,
    component: () => import('../pages/proposals/ProposalsPage.vue'),
  },
  {
    name: 'people',
    path: '/people',
    roles: ['admin'],
    component: () => import('../pages/people/PeoplePage.vue'),
  },
  {
    name: 'journal',
    path: '/journal/:office?',
    roles: ['auditor'],
    component: () => import('../pages/journal/JournalPage.vue'),
  },
  {
    name: 'passkeys',
    path: '/passkeys',
    roles: ROLES,
    component: () => import('../pages/passkeys/PasskeysPage.vue'),
  },
]
