/** The step of an upgrade in which offers leave the ledger: another database cannot be written in it, so they wait in `meta` for the shelf. */
import type { Transaction } from 'dexie'

export async function layOffersAside(transaction: Transaction): Promise<void> {
  const row = (await transaction.table('catalog').get('offers')) as { value: unknown } | undefined
  if (row) await transaction.table('meta').put({ key: 'oldOffers', value: row.value })
}
