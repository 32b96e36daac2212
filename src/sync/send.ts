/** One question to the backend, one answer. */
import { type SyncAnswer, type SyncRequest, syncAnswerSchema } from '../contract/sync.ts'
import { WIRE } from '../contract/wire.ts'
import type { Transport } from './transport.ts'

export function send(transport: Transport, request: Omit<SyncRequest, 'wire'>): Promise<SyncAnswer> {
  return transport.post('/sync', { ...request, wire: WIRE }, syncAnswerSchema)
}
