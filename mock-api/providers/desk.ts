/**
 * For providers without engineers: the lines of a file become tokens, signed by the desk's key of that provider, and go the same way as
 * everybody's. A line has its id from what it says, so that a file that is handed in twice counts once.
 */
import type { Provider } from '../../src/contract/providers.ts'
import { SETS_MAX } from '../../src/contract/report.ts'
import {
  type FaultyLine,
  type FileReport,
  type ReadFile,
  readReportFile,
} from '../../src/domain/evidence/report-file.ts'
import { canonicalJson } from '../../src/proof/canonical.ts'
import { signJws } from '../../src/proof/keys.ts'
import { REPORT_TYP, reportPayload } from '../../src/proof/report-token.ts'
import { secondsDown } from '../../src/proof/seconds.ts'
import type { Deps } from '../base/deps.ts'
import { sha256Hex } from '../base/hash.ts'
import { eventKeyOf, readEvents } from '../storage/provider-events.ts'
import { acceptSets } from './accept-sets.ts'
import type { Refused } from './read-set.ts'

interface Delivered {
  readonly taken: number
  /** Lines that were handed in before, word for word. */
  readonly before: number
  /** As the file itself was read; a line that is wrong stops no other. */
  readonly faulty: readonly FaultyLine[]
  readonly refused: readonly ({ readonly line: number } & Refused)[]
}

/** Throws nothing for a bad file: that is said in its answer. */
export async function deliverFile(
  deps: Deps,
  provider: Provider,
  bytes: Uint8Array,
): Promise<Delivered | Extract<ReadFile, { fault: string }>> {
  const read = readReportFile(bytes, provider)
  if ('fault' in read) return read
  const key = await deps.providers.deskKey(provider.id)
  // The key may have been made just now: the provider as it is with it.
  const known = (await deps.providers.all()).get(provider.id) ?? provider
  const refused: Delivered['refused'][number][] = []
  let [taken, before] = [0, 0]
  for (let from = 0; from < read.reports.length; from += SETS_MAX) {
    const some = read.reports.slice(from, from + SETS_MAX)
    const all = some.map((report) => ({ report, name: jtiOf(report) }))
    const there = new Set(
      (
        await readEvents(
          deps.db,
          all.map(({ name }) => eventKeyOf(provider.id, name)),
        )
      ).map(({ eventKey }) => eventKey),
    )
    const named = all.filter(({ name }) => !there.has(eventKeyOf(provider.id, name)))
    before += all.length - named.length
    const pushed = await Promise.all(
      named.map(async ({ report, name }) => ({
        name,
        token: await signJws(canonicalJson(claimsOf(deps, known, report, name)), REPORT_TYP, key),
      })),
    )
    const { ack, setErrs } = await acceptSets(deps, known, pushed)
    taken += ack.length
    for (const { report, name } of named)
      if (setErrs[name]) refused.push({ line: report.line, ...setErrs[name] })
  }
  return { taken, before, faulty: read.faulty, refused }
}

function jtiOf({ line: _, ...report }: FileReport): string {
  return `desk-${sha256Hex(canonicalJson(report)).slice(0, 32)}`
}

function claimsOf({ config, now }: Deps, provider: Provider, report: FileReport, jti: string) {
  const { reference, handle, code, city, startedAt, endedAt, quantity } = report
  const body = {
    ...{ reference, code, city, startedAt: secondsDown(startedAt), quantity },
    ...(endedAt === undefined ? {} : { endedAt: secondsDown(endedAt) }),
  }
  const from = { iss: provider.id, aud: config.audience, iat: now() }
  return reportPayload({ jti, handle, event: 'act-reported', body }, from)
}
