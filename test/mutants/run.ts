/**
 * `npm run test:mutants [part of a name]`: each mutant in a copy of the tree, against the tests that must notice it. Exits 1 when one survives,
 * or when the list no longer fits the code. By hand: it takes minutes. The checkout itself is never touched.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MUTANTS, type Mutant } from './mutants.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const copy = join(root, '.cache', 'mutants')
const TREE = [
  'src',
  'mock-api',
  'test',
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  'vite.config.ts',
]

type Fate = 'killed' | 'survived' | 'does not fit'

function fateOf({ file, find, replace, tests }: Mutant): Fate {
  const path = join(copy, file)
  const right = readFileSync(path, 'utf8')
  if (right.split(find).length !== 2) return 'does not fit'
  writeFileSync(
    path,
    right.replace(find, () => replace),
  )
  const files = tests.map((name) => `test/${name}.test.ts`)
  const vitest = join(root, 'node_modules', '.bin', 'vitest')
  const run = spawnSync(vitest, ['run', '--bail=1', ...files], { cwd: copy, stdio: 'ignore' })
  writeFileSync(path, right)
  return run.status === 0 ? 'survived' : 'killed'
}

rmSync(copy, { recursive: true, force: true })
mkdirSync(copy, { recursive: true })
for (const name of TREE) cpSync(join(root, name), join(copy, name), { recursive: true })
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

const wanted = process.argv[2] ?? ''
const fates = MUTANTS.filter(({ name }) => name.includes(wanted)).map((mutant) => {
  const fate = fateOf(mutant)
  console.info(`${fate.padEnd(12)} ${mutant.name}`)
  return fate
})
rmSync(copy, { recursive: true, force: true })
const killed = fates.filter((fate) => fate === 'killed').length
console.info(`${killed} of ${fates.length} killed`)
process.exit(killed === fates.length ? 0 : 1)
