/** What the exchange is doing, for one calm line on the screen. */
import type { PageFault } from './check-page.ts'
import type { Progress } from './pass-deps.ts'
import type { TransportProblem } from './transport.ts'

export type SyncStatus =
  | { readonly phase: 'idle' }
  | { readonly phase: 'syncing'; readonly progress?: Progress }
  /** No network: nothing is wrong, and it goes on by itself. */
  | { readonly phase: 'offline'; readonly problem: TransportProblem }
  /** The backend answered with an error: tried again later, where it says so after `waitMs`. */
  | { readonly phase: 'waiting'; readonly problem: TransportProblem; readonly waitMs?: number }
  | { readonly phase: 'signed_out' }
  | { readonly phase: 'deleted' }
  | { readonly phase: 'disk_full' }
  /** What the backend sent does not fit what it sent before: nothing of it was applied. */
  | { readonly phase: 'faulty'; readonly fault: PageFault }

export const initialStatus: SyncStatus = { phase: 'idle' }
