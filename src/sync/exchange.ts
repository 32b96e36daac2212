/** The way into the exchange's lazy chunk: what main.ts puts together once the first screen stands. */
export { requeueAfterUpgrade } from '../db/outbox.ts'
export { sessionSecretOf } from '../db/session-secret.ts'
export { groupOfCode } from '../domain/methodology/which-pack.ts'
export { createBackendApi } from './backend-api.ts'
export { loopOf, SYNC_TAG } from './connect.ts'
export { gzip } from './gzip.ts'
export { webLock } from './lock.ts'
export { createTransport } from './transport.ts'
