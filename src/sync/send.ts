/** One question to the backend, one answer. */
import { type SyncAnswer, type SyncRequest, syncAnswerSchema } from '../contract/sync.ts'
import type { Transport } from './transport.ts'

export function send(transport: Transport, request: SyncRequest): Promise<SyncAnswer> {
  return transport.post('/sync', request, syncAnswerSchema)
}
