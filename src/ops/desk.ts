/** Who is signed in at the desk, its requests, and the dialog that asks for the passkey once more. One of it per page. */
import { type InjectionKey, inject, type Ref, ref, shallowRef } from 'vue'
import {
  type DeskDoor,
  type DeskSession,
  deskDoorSchema,
  deskSessionSchema,
} from '../contract/desk/operators.ts'
import { hasRole, type Role } from '../domain/ledger/operator.ts'
import { createDeskApi, type DeskApi, DeskProblem } from './desk-api.ts'
import { dropDeskDrafts, keepDeskDraftsOf } from './desk-draft.ts'

export interface Desk {
  readonly api: DeskApi
  /** Undefined: nobody is signed in. */
  readonly session: Ref<DeskSession | undefined>
  readonly door: Ref<DeskDoor | undefined>
  readonly state: Ref<'loading' | 'ready' | 'failed'>
  /** A request waits for the passkey's word; the dialog calls it with whether it was given. */
  readonly asking: Ref<((isGiven: boolean) => void) | undefined>
  refresh(): Promise<void>
  leave(): Promise<void>
}

interface Outside {
  readonly reach: (path: string, init: RequestInit) => Promise<Response>
  readonly newId: () => string
}

export const deskKey: InjectionKey<Desk> = Symbol('desk')

export function useDesk(): Desk {
  const desk = inject(deskKey)
  if (!desk) throw new Error('no desk was provided')
  return desk
}

/** Whether they have one of the roles anywhere; whoever audits reads everything. */
export function maySee(session: DeskSession | undefined, roles: readonly Role[]): boolean {
  return session !== undefined && hasRole(session.roles, [...roles, 'auditor'])
}

export function createDesk({ reach, newId }: Outside): Desk {
  const session = shallowRef<DeskSession>()
  const door = shallowRef<DeskDoor>()
  const state = ref<'loading' | 'ready' | 'failed'>('loading')
  const asking = shallowRef<(isGiven: boolean) => void>()

  const stepUp = () =>
    new Promise<boolean>((resolve) => {
      // Two requests at once ask once; whoever is second tries again by hand.
      asking.value?.(false)
      asking.value = (isGiven) => {
        asking.value = undefined
        resolve(isGiven)
      }
    })
  const signedOut = () => {
    // Whoever waits for the passkey’s word waits for nobody now.
    asking.value?.(false)
    session.value = undefined
  }
  const api = createDeskApi({ reach, newId, stepUp, signedOut })

  async function refresh(): Promise<void> {
    try {
      door.value = await api.get('/door', deskDoorSchema)
      const signedIn = await api.get('/session', deskSessionSchema)
      keepDeskDraftsOf(signedIn.operatorId)
      session.value = signedIn
      state.value = 'ready'
    } catch (error) {
      const isOut = error instanceof DeskProblem && error.code === 'not_signed_in'
      state.value = isOut ? 'ready' : 'failed'
    }
  }

  return {
    ...{ api, session, door, state, asking, refresh },
    async leave() {
      await api.send('DELETE', '/session')
      dropDeskDrafts()
      session.value = undefined
    },
  }
}
