/** `npm run audit`: checks the ledger's promises on a data folder or database. Exit 1 names the first broken row. */

import { audit } from './book/audit.ts'
import { open, run } from './start/open.ts'

await run(async (config) => {
  const { deps, close } = await open(config)
  try {
    const { accounts, records, stale, beyondStock, inTransit, undriven, borneFen, closed, fault } =
      await audit(deps.db)
    const waiting = stale === 0 ? '' : `, ${stale} states wait to be folded anew`
    const beyond = beyondStock === undefined ? '' : `, ${beyondStock} proven vouchers beyond stock`
    const crossed =
      inTransit === undefined
        ? ''
        : `, ${inTransit.points} points and ${inTransit.fen} fen in ${inTransit.crossings} crossings to accounts that are gone`
    const lost = undriven === undefined ? '' : `, ${undriven} follow what a restored backup has forgotten`
    const borne =
      borneFen === undefined ? '' : `, ${borneFen} fen borne by the sponsor for branches that are gone`
    const left =
      closed === undefined
        ? ''
        : `, ${closed.points} points in accounts that are gone, of which shops were paid ${closed.paid}`
    process.stdout.write(
      fault
        ? `broken: ${fault}\n`
        : `ok: ${accounts} accounts, ${records} records${waiting}${beyond}${crossed}${lost}${borne}${left}\n`,
    )
    return fault ? 1 : 0
  } finally {
    await close()
  }
})
