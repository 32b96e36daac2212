/** A ledger that was lived in: six weeks of acts, told to the backend as another phone of the same person would. */

import { canonicalJson } from '../../src/proof/canonical.ts'
import { START } from '../../src/proof/chain.ts'
import { sampleLife } from '../support/sample-life.ts'
import type { Person } from './person.ts'
import { ledgerId, sessionHeaders } from './stored.ts'

/** For somebody who is signed in. One sign-in serves both phones: the gateway sends one code a minute. */
export async function liveSixWeeks(person: Person): Promise<void> {
  const now = Date.now()
  const commands = sampleLife(now).map((body) =>
    canonicalJson({ id: crypto.randomUUID(), kind: 'activity.record', at: now, body }),
  )
  const { page } = person
  const accountId = await ledgerId(page)
  const status = await page.evaluate(
    async ({ headers, data }) => {
      const response = await fetch('/api/v1/sync', { method: 'POST', headers, body: JSON.stringify(data) })
      return response.status
    },
    {
      headers: { 'content-type': 'application/json', ...(await sessionHeaders(page)) },
      data: { accountId, cursor: START, sentAt: now, commands },
    },
  )
  if (status !== 200) throw new Error(`the backend answered ${status}`)
  await person.goto('/ledger')
  await page.locator('main a[href^="/ledger/"]').first().waitFor()
  await person.untilSynced()
}
