/** What a till asks of the backend beside the exchange: coming in by a code, what it has to know, and what a manager does with the others. */
import * as v from 'valibot'
import {
  type TillCode,
  type TillCodeRequest,
  type TillJoined,
  type TillPeople,
  type TillRevoked,
  type TillStatus,
  tillCodeAnswerSchema,
  tillJoinedSchema,
  tillPeopleSchema,
  tillRevokedSchema,
  tillStatusSchema,
} from '../contract/till.ts'
import { WIRE } from '../contract/wire.ts'
import { SyncProblem, type Transport } from './transport.ts'

export interface TillApi {
  status(): Promise<TillStatus>
  people(): Promise<TillPeople['tills']>
  code(request: Omit<TillCodeRequest, 'wire'>): Promise<TillCode>
  revoke(tillId: string): Promise<TillRevoked>
  leave(): Promise<void>
}

export function tillApiOf(transport: Transport, accountId: string): TillApi {
  const root = `/tills/${accountId}`
  return {
    status: () => transport.get(`${root}/status`, tillStatusSchema),
    people: async () => (await transport.get(`${root}/people`, tillPeopleSchema)).tills,
    code: (request) => transport.post(`${root}/codes`, { ...request, wire: WIRE }, tillCodeAnswerSchema),
    revoke: (tillId) => transport.post(`${root}/people/${tillId}/revoke`, {}, tillRevokedSchema),
    leave: () => transport.post(`${root}/leave`, {}, v.undefined()),
  }
}

export interface Joining {
  readonly code: string
  readonly deviceId: string
}

export function joinTill(transport: Transport, joining: Joining): Promise<TillJoined> {
  return transport.post('/tills/join', { ...joining, wire: WIRE }, tillJoinedSchema)
}

/** A code for a sample shop, where the backend is a demonstration; undefined elsewhere. */
export async function demoTillCode(transport: Transport, merchantId: string): Promise<string | undefined> {
  try {
    return (await transport.get(`/demo/tills/${merchantId}/code`, tillCodeAnswerSchema)).code
  } catch (error) {
    if (error instanceof SyncProblem && error.code === 'not_found') return undefined
    throw error
  }
}
