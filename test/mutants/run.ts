/**
 * `npm run test:mutants [pattern of names]`: each mutant in a copy of the tree, against the tests that must notice it. Exits 1 when one survives,
 * or when the list no longer fits the code. By hand: it takes minutes. The checkout itself is never touched.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mutant } from './mutant.ts'
import { MUTANTS } from './mutants.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const copy = join(root, '.cache', 'mutants')
const reportPath = join(copy, 'report.json')
const TREE = [
  'build',
  'src',
  'mock-api',
  'test',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'vite.config.ts',
]
/** Each takes seconds; one that a mutant keeps from ending is a test that fails, and a run that never ends is none. */
const TEST_MS = 30_000
const RUN_MS = 120_000
/** Without any mutant nothing hangs: there a busy machine is waited for. */
const PATIENCE = 10

/** `breaks`: nothing could be run at all, which the compiler would have said; that shows nothing of the tests. */
type Fate = 'killed' | 'survived' | 'does not fit' | 'breaks' | 'hangs'

interface Report {
  readonly numTotalTests: number
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

interface Ran {
  readonly isGreen: boolean
  readonly isOver: boolean
  /** The first test that failed. */
  readonly failed: string | undefined
}

function run(tests: readonly string[], only: string | undefined, patience = 1): Ran {
  rmSync(reportPath, { force: true })
  const given = ['run', '--project=pure', '--project=unit', '--bail=1', `--testTimeout=${TEST_MS * patience}`]
  const out = ['--reporter=json', `--outputFile=${reportPath}`, ...(only ? ['-t', only] : [])]
  const files = tests.map((name) => `test/${name}.test.ts`)
  const vitest = join(root, 'node_modules', '.bin', 'vitest')
  const { status, signal, error } = spawnSync(vitest, [...given, ...out, ...files], {
    cwd: copy,
    stdio: 'ignore',
    timeout: RUN_MS * patience,
  })
  // Told to end, vitest ends in order: that it was told is the error's to say.
  const isOver = signal === null && error === undefined
  return { isGreen: status === 0, isOver, failed: isOver ? firstFailure() : undefined }
}

function firstFailure(): string | undefined {
  if (!existsSync(reportPath)) return undefined
  const { testResults } = JSON.parse(readFileSync(reportPath, 'utf8')) as Report
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  return results.find(({ status }) => status === 'failed')?.fullName
}

function fateOf({ file, find, replace, tests, only }: Mutant): { fate: Fate; by?: string | undefined } {
  const path = join(copy, file)
  const right = readFileSync(path, 'utf8')
  if (right.split(find).length !== 2) return { fate: 'does not fit' }
  writeFileSync(
    path,
    right.replace(find, () => replace),
  )
  const { isGreen, isOver, failed } = run(tests, only)
  writeFileSync(path, right)
  if (!isOver) return { fate: 'hangs' }
  if (isGreen) return { fate: 'survived' }
  return failed === undefined ? { fate: 'breaks' } : { fate: 'killed', by: failed }
}

/** On the tree as it is: a test that fails anyway kills nothing. */
function assertGreen(mutants: readonly Mutant[]): void {
  const wholes = mutants.filter(({ only }) => only === undefined)
  const parts = mutants.filter(({ only }) => only !== undefined)
  for (const some of [wholes, parts]) {
    if (some.length === 0) continue
    const only = some === parts ? some.map((mutant) => mutant.only).join('|') : undefined
    const { isGreen, failed } = run([...new Set(some.flatMap(({ tests }) => tests))], only, PATIENCE)
    if (!isGreen) throw new Error(`not green without any mutant: ${failed ?? 'nothing ran'}`)
  }
}

rmSync(copy, { recursive: true, force: true })
mkdirSync(copy, { recursive: true })
for (const name of TREE) cpSync(join(root, name), join(copy, name), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

const wanted = new RegExp(process.argv[2] ?? '')
const mutants = MUTANTS.filter(({ name }) => wanted.test(name))
const begun = Date.now()
assertGreen(mutants)
console.info(`green without any of them, ${Math.round((Date.now() - begun) / 1000)} s`)
const fates = mutants.map((mutant) => {
  const from = Date.now()
  const { fate, by } = fateOf(mutant)
  console.info(`${fate.padEnd(12)} ${((Date.now() - from) / 1000).toFixed(1).padStart(5)} s  ${mutant.name}`)
  if (by !== undefined) console.info(`${' '.repeat(22)}by: ${by}`)
  return fate
})
rmSync(copy, { recursive: true, force: true })
const killed = fates.filter((fate) => fate === 'killed').length
const minutes = ((Date.now() - begun) / 60_000).toFixed(1)
console.info(`${killed} of ${fates.length} killed, ${minutes} minutes`)
process.exit(killed === fates.length && killed > 0 ? 0 : 1)
