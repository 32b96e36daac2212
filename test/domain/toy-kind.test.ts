/**
 * A new kind of record is added to a copy of the rules: the compiler names each table that lacks it, and with its line in each of them it is
 * decided, posted and shown in the rows, with no other file touched.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Command } from '../../src/domain/ledger/command.ts'
import type { World } from '../../src/domain/ledger/decision.ts'
import type { RecordBody } from '../../src/domain/ledger/record.ts'

const COPY = join(process.cwd(), '.cache', 'toy-kind')
const at = (path: string) => join(COPY, path)

/** The tables in which a kind that a person can ask for has a line. */
const TABLES = [
  'domain/ledger/actor.ts',
  'domain/kinds/decisions.ts',
  'domain/kinds/kinds.ts',
  'domain/kinds/news.ts',
  'db/kind-rows.ts',
]

beforeAll(() => {
  rmSync(COPY, { recursive: true, force: true })
  mkdirSync(COPY, { recursive: true })
  for (const room of ['domain', 'db', 'proof']) cpSync(join('src', room), at(room), { recursive: true })
  insert(
    'domain/ledger/command.ts',
    'export interface CommandBodies {\n',
    "  'toy.play': { readonly toy: string }\n",
  )
})

afterAll(() => rmSync(COPY, { recursive: true, force: true }))

it('the compiler names each table that lacks it, and none that has it', () => {
  expect(faultyFiles()).toEqual([...TABLES].sort())
  writeFileSync(
    at('domain/kinds/toy-play.ts'),
    `/** A toy. */
import type { Decision } from '../ledger/decision.ts'
import { type CommandRules, noDays } from './kind.ts'
export const toyPlay: CommandRules = {
  owner: 'anybody',
  needs: noDays,
  post(ledger, body) {
    ledger.answered = { ...ledger.answered, [body.id]: 0 }
  },
}
export function decideToy(): Decision {
  return { outcome: 'accepted', reasons: [], transfers: [] }
}
`,
  )
  addLine('domain/kinds/decisions.ts', 'decideToy', "  'toy.play': { decide: decideToy, needs: noDays },\n")
  addLine('domain/kinds/kinds.ts', 'toyPlay', "  'toy.play': toyPlay,\n")
  insert('domain/ledger/actor.ts', '  citizen: [\n', "    'toy.play',\n")
  insert('domain/kinds/news.ts', 'const NEWS_OF = {\n', "  'toy.play': null,\n")
  insert(
    'db/kind-rows.ts',
    'const ROWS = {\n',
    "  'toy.play': { group: 'learn', waitsAs: 'requests', own: () => ({ titleZh: '玩具' }) },\n",
  )
  expect(faultyFiles()).toEqual([])
})

it('then it is decided, posted and derived', async () => {
  const { decide }: typeof import('../../src/domain/ledger/decide.ts') = await import(
    at('domain/ledger/decide.ts')
  )
  const { emptyLedger, post }: typeof import('../../src/domain/ledger/ledger.ts') = await import(
    at('domain/ledger/ledger.ts')
  )
  const { entryOf }: typeof import('../../src/db/rows.ts') = await import(at('db/rows.ts'))
  const ledger = emptyLedger()
  const command = { id: 'x', kind: 'toy.play', at: 0, body: { toy: 'train' } } as unknown as Command
  const { outcome, transfers } = decide(command, ledger, {} as World)
  const body = {
    v: 1,
    account: 'a',
    seq: 1,
    at: 0,
    kind: 'toy.play',
    id: 'x',
    outcome,
    transfers,
  } as unknown as RecordBody
  const detail = { command: JSON.stringify(command) }
  post(ledger, body, detail)
  expect(ledger.answered).toEqual({ x: 0 })
  expect(entryOf(body, detail, () => 'life')).toMatchObject({ group: 'learn', titleZh: '玩具' })
})

function insert(path: string, after: string, text: string): void {
  const before = readFileSync(at(path), 'utf8')
  expect(before).toContain(after)
  writeFileSync(
    at(path),
    before.replace(after, () => after + text),
  )
}

function addLine(path: string, name: string, line: string): void {
  const table = /const (?:DECISIONS|KINDS)\b[^\n]*= \{\n/.exec(readFileSync(at(path), 'utf8'))?.[0] ?? ''
  insert(path, table, line)
  writeFileSync(at(path), `import { ${name} } from './toy-play.ts'\n${readFileSync(at(path), 'utf8')}`)
}

/** Of the tables and what they need. */
function faultyFiles(): string[] {
  const { config } = ts.readConfigFile('tsconfig.base.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  const program = ts.createProgram(TABLES.map(at), { ...options, noEmit: true, types: [] })
  const faults = program.getSourceFiles().flatMap((file) => program.getSemanticDiagnostics(file))
  return [
    ...new Set(faults.flatMap(({ file }) => (file ? [file.fileName.slice(COPY.length + 1)] : []))),
  ].sort()
}
