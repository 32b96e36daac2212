/** What a till asks of the backend beside the exchange: coming in by a code, what it has to know, and what a manager does with the others. */
import * as v from 'valibot'
import {
  type TillCode,
  type TillCodeRequest,
  type TillJoin,
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
import type { Transport } from './transport.ts'

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

export function joinTill(transport: Transport, request: Omit<TillJoin, 'wire'>): Promise<TillJoined> {
  return transport.post('/tills/join', { ...request, wire: WIRE }, tillJoinedSchema)
}
