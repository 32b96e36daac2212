/** Of pictures as shops' cameras take them, how many are read, and how long that and the check of the signature take. */
import { type ReadCode, readSmallCode } from '../../src/proof/small-code.ts'
import { readPicture } from '../../src/scan/read-pixels.ts'
import { DEGRADATIONS, type Degradation, degradedCode } from '../support/degraded-code.ts'
import { sellVouchers } from '../support/sold-vouchers.ts'
import type { Part, Report } from './figures.ts'

const PER_KIND = Number(process.env.BENCH_RUNS ?? 30)
/** The ways of the reader were chosen by pictures of the seeds from 1 on. */
const FIRST_SEED = 1001

export const scanPart: Part = {
  name: 'scan',
  how: `${PER_KIND} made pictures of each kind (test/support/degraded-code.ts), by the decoder as a till without one of its browser’s runs it; none of them was tuned on`,
  needsBuild: false,
  async run(report) {
    const { sold, reader } = await sellVouchers(PER_KIND, 7)
    const small = sold.map(({ code }) => code)
    const total = { read: 0, wrong: 0, ms: [] as number[] }
    for (const kind of DEGRADATIONS) {
      const { read, wrong, ms } = readAll(small, kind, 'M')
      total.read += read
      total.wrong += wrong
      total.ms.push(...ms)
      report.row(kind, `${read} of ${PER_KIND}`)
    }
    const count = PER_KIND * DEGRADATIONS.length
    report.row('small code, all kinds', `${total.read} of ${count}, ${percent(total.read, count)}`, {
      goal: '≥ 97 %',
    })
    report.row('read as something else than they say', `${total.wrong} of ${count}`, { goal: '0' })
    timesOf(report, 'to read one', total.ms)
    await verification(report, small, (code) => readSmallCode(code, reader))
    fullTokens(
      report,
      sold.map(({ token }) => token),
    )
  },
}

function readAll(texts: readonly string[], kind: Degradation, ecc: 'M' | 'L') {
  let [read, wrong] = [0, 0]
  const ms: number[] = []
  for (const [i, text] of texts.entries()) {
    const picture = degradedCode(text, kind, FIRST_SEED + i, ecc)
    const from = performance.now()
    const said = readPicture(picture)
    ms.push(performance.now() - from)
    if (said === text) read++
    else if (said !== undefined) wrong++
  }
  return { read, wrong, ms }
}

async function verification(
  report: Report,
  codes: readonly string[],
  check: (code: string) => Promise<ReadCode | object>,
) {
  const ms: number[] = []
  for (const code of [...codes, ...codes]) {
    const from = performance.now()
    if (!('token' in (await check(code)))) throw new Error('an honest code is read')
    ms.push(performance.now() - from)
  }
  timesOf(report, 'to rebuild the token and verify it', ms, '≤ 20 ms')
}

/** The same phone at the same place, had it shown the whole token. */
function fullTokens(report: Report, tokens: readonly string[]) {
  let read = 0
  for (const kind of DEGRADATIONS) read += readAll(tokens, kind, 'L').read
  const count = tokens.length * DEGRADATIONS.length
  report.row('full token at level L instead', `${read} of ${count}, ${percent(read, count)}`)
}

function timesOf(report: Report, name: string, ms: number[], goal?: string) {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(1)
  report.row(
    name,
    `median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, longest ${at(1)} ms`,
    goal ? { goal } : {},
  )
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`
}
