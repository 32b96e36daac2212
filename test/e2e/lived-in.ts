/** A ledger that was lived in: six weeks of acts, told to the backend as another phone of the same person would. */

import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { sampleLife } from '../support/sample-life.ts'
import type { Person } from './person.ts'

/** For somebody who is signed in. One sign-in serves both phones: the gateway sends one code a minute. */
export async function liveSixWeeks(person: Person): Promise<void> {
  const now = Date.now()
  const commands = sampleLife(now).map((body) =>
    canonicalJson({ id: crypto.randomUUID(), kind: 'activity.record', at: now, body }),
  )
  const status = await person.page.evaluate(
    async ({ commands, cursor, sentAt }) => {
      const device = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('greentrace-device')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
      const fact = await new Promise<{ value: string }>((resolve, reject) => {
        const request = device.transaction('facts').objectStore('facts').get('currentLedgerId')
        request.onsuccess = () => resolve(request.result as { value: string })
        request.onerror = () => reject(request.error)
      })
      device.close()
      const response = await fetch('/api/v1/sync', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ accountId: fact.value, cursor, sentAt, commands }),
      })
      return response.status
    },
    { commands, cursor: START, sentAt: now },
  )
  if (status !== 200) throw new Error(`the backend answered ${status}`)
  await person.goto('/ledger')
  await person.page.locator('main a[href^="/ledger/"]').first().waitFor()
  await person.untilSynced()
}
