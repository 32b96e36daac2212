/** Of pictures as shops' cameras take them, how many are read, and how long that and the check of the signature take. */
import { type ReadCode, readSmallCode } from '../../src/proof/small-code.ts'
import { readPicture } from '../../src/scan/read-pixels.ts'
import { DEGRADATIONS, type Degradation, degradedCode } from '../support/degraded-code.ts'
import { sellVouchers } from '../support/sold-vouchers.ts'
import { openZxingHere } from '../support/zxing.ts'
import type { Part, Report } from './figures.ts'

const PER_KIND = Number(process.env.BENCH_RUNS ?? 30)
/** The ways of the reader were chosen by pictures of the seeds from 1 on. */
const FIRST_SEED = 1001

export const scanPart: Part = {
  name: 'scan',
  how: `${PER_KIND} made pictures of each kind (test/support/degraded-code.ts), by zxing as the till runs it; none of them was tuned on`,
  needsBuild: false,
  async run(report) {
    await openZxingHere()
    const { sold, reader } = await sellVouchers(PER_KIND, 7)
    const small = sold.map(({ code }) => code)
    const total = { read: 0, ms: [] as number[] }
    for (const kind of DEGRADATIONS) {
      const { read, ms } = await readAll(small, kind, 'M')
      total.read += read
      total.ms.push(...ms)
      report.row(kind, `${read} of ${PER_KIND}`)
    }
    const count = PER_KIND * DEGRADATIONS.length
    report.row('small code, all kinds', `${total.read} of ${count}, ${percent(total.read, count)}`, {
      goal: '≥ 97 %',
    })
    timesOf(report, 'to read one', total.ms)
    await verification(report, small, (code) => readSmallCode(code, reader))
    await fullTokens(
      report,
      sold.map(({ token }) => token),
    )
  },
}

async function readAll(texts: readonly string[], kind: Degradation, ecc: 'M' | 'L') {
  let read = 0
  const ms: number[] = []
  for (const [i, text] of texts.entries()) {
    const picture = degradedCode(text, kind, FIRST_SEED + i, ecc)
    const from = performance.now()
    if ((await readPicture(picture)) === text) read++
    ms.push(performance.now() - from)
  }
  return { read, ms }
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
async function fullTokens(report: Report, tokens: readonly string[]) {
  let read = 0
  for (const kind of DEGRADATIONS) read += (await readAll(tokens, kind, 'L')).read
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
