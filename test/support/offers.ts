/** The offers as a phone is told of them. */
import type { OfferRow } from '../../src/stores/offers.ts'
import { createBackendApi } from '../../src/sync/backend-api.ts'
import type { Transport } from '../../src/sync/transport.ts'

export async function offersTold(transport: Transport): Promise<readonly OfferRow[]> {
  const { value } = await createBackendApi(transport).feed('offers', undefined, undefined)
  return (value?.offers ?? []) as readonly OfferRow[]
}
