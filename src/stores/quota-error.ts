/** For views, which know no database: whether a write failed because the phone is full. */
export { isQuotaError } from '../db/quota-error.ts'
