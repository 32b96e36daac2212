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
