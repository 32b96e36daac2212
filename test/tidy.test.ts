/** The rules of the house, checked on the source: who may import whom, which words and calls stand where, how long a file may get. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const files = globSync(['src/**/*.{ts,vue}', 'mock-api/**/*.ts', 'build/*.ts', 'test/**/*.ts'])
  .map((path) => path.replaceAll('\\', '/'))
  .sort()
const source = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]))

const DOMAIN = [
  'base',
  'evidence',
  'methodology',
  'offers',
  'taking-part',
  'ledger',
  'kinds',
  'till',
] as const
const BACKEND = [
  'base',
  'storage',
  'keys',
  'verify',
  'book',
  'demo',
  'feeds',
  'providers',
  'tills',
  'desk',
  'http',
  'routes',
  'start',
] as const

const PAGE = [
  'proof',
  'contract',
  'content',
  'db',
  'actions',
  'sync',
  'tracks',
  'scan',
  'stores',
  'composables',
]
const SCREENS = ['views', 'components', 'pwa', 'text', 'ops']
const SINGLE = [
  'ops/main.ts',
  'main.ts',
  'pages.ts',
  'router.ts',
  'App.vue',
  'config.ts',
  'pwa/register.ts',
  'sync/status.ts',
]

/** Rooms, the longest path first, so that `pwa/register` is found before `pwa`. A file loose in `mock-api` is where something starts. */
const ROOMS = [
  ...[...SINGLE, ...PAGE, ...SCREENS].map((room) => `src/${room}`),
  ...DOMAIN.map((room) => `src/domain/${room}`),
  ...BACKEND.map((room) => `mock-api/${room}`),
  'mock-api',
  'test',
].sort((a, b) => b.length - a.length)

const domain = (...rooms: (typeof DOMAIN)[number][]) => rooms.map((room) => `src/domain/${room}`)
const backend = (...rooms: (typeof BACKEND)[number][]) => rooms.map((room) => `mock-api/${room}`)
const types = (rooms: readonly string[]) => rooms.map((room) => `type:${room}`)

const ALL_DOMAIN = domain(...DOMAIN)
/** What the backend shares with the phone. */
const SHARED = [...ALL_DOMAIN, 'src/contract', 'src/proof', 'src/content']

/** Each room with the rooms whose code it may import beside its own. `type:` allows types alone, which vanish in the build. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'src/domain/base': [],
  'src/domain/evidence': [...domain('base'), ...types(domain('methodology'))],
  // The linter of packs holds them to the ledger's window.
  'src/domain/methodology': domain('base', 'evidence', 'ledger'),
  'src/domain/offers': [...domain('base'), ...types(domain('ledger'))],
  'src/domain/taking-part': domain('base'),
  'src/domain/till': domain('base', 'offers'),
  'src/domain/kinds': ALL_DOMAIN,
  'src/domain/ledger': ALL_DOMAIN,
  'src/proof': ALL_DOMAIN,
  'src/contract': ALL_DOMAIN,
  'src/content': [...ALL_DOMAIN, 'src/contract'],
  'src/tracks': ALL_DOMAIN,
  'src/scan': [],
  // The outbox writes canonical text and the cursor is a hash: both belong to the proofs.
  'src/db': [...ALL_DOMAIN, 'src/proof'],
  // A backup is a file from outside: its commands are held to the wire's schema.
  'src/actions': [...ALL_DOMAIN, 'src/contract', 'src/db', 'src/proof', 'src/tracks'],
  'src/sync': [...ALL_DOMAIN, 'src/contract', 'src/db', 'src/proof', 'src/sync/status.ts'],
  'src/sync/status.ts': ['type:src/sync'],
  'src/composables': ['src/pwa/register.ts', 'src/text', ...types(ALL_DOMAIN)],
  'src/stores': [
    ...ALL_DOMAIN,
    'src/content',
    'src/db',
    'src/actions',
    'src/sync/status.ts',
    'src/composables',
    'type:src/sync',
    'type:src/contract',
  ],
  'src/text': [...ALL_DOMAIN, 'type:src/sync', 'type:src/sync/status.ts'],
  'src/components': [...ALL_DOMAIN, 'src/text', 'src/composables', 'src/scan', 'type:src/db'],
  'src/views': [
    'src/stores',
    'src/components',
    'src/composables',
    'src/content',
    'src/text',
    ...ALL_DOMAIN,
    'src/proof',
    'src/tracks',
    'src/scan',
    'src/config.ts',
    'src/actions',
    'type:src/db',
    'type:src/sync',
    'type:src/contract',
  ],
  'src/pages.ts': ['src/views', 'src/components'],
  'src/router.ts': ['src/views', 'src/pages.ts', 'src/stores', 'src/text', 'src/composables'],
  'src/App.vue': [
    'src/views',
    'src/stores',
    'src/text',
    'src/composables',
    'src/components',
    'src/router.ts',
  ],
  'src/config.ts': ['type:src/proof'],
  // The desk: pages of its own, which know no ledger on a phone.
  'src/ops': [
    'src/components',
    'src/composables',
    'src/content',
    'src/contract',
    'src/text',
    'src/proof',
    ...ALL_DOMAIN,
  ],
  'src/ops/main.ts': ['src/ops', 'src/composables'],
  'src/pwa/register.ts': [],
  // Of the texts, what a notification says.
  'src/pwa': ['src/config.ts', 'src/sync', 'src/db', ...ALL_DOMAIN, 'src/tracks', 'src/text'],
  'src/main.ts': [
    'src/config.ts',
    'src/App.vue',
    'src/router.ts',
    'src/stores',
    'src/composables',
    'src/db',
    ...ALL_DOMAIN,
    'src/sync',
    'src/scan',
    'type:src/sync/status.ts',
  ],
  // Of the rooms above, the base knows only what it hands around.
  'mock-api/base': [...SHARED, ...types(backend('storage', 'keys', 'providers', 'start'))],
  'mock-api/storage': [...SHARED, ...backend('base')],
  'mock-api/keys': [...SHARED, ...backend('base', 'storage')],
  // What it cannot do it says in the book's own errors.
  'mock-api/verify': [...SHARED, ...backend('base', 'storage', 'book')],
  'mock-api/book': [...SHARED, ...backend('base', 'storage', 'verify', 'feeds')],
  // Tokens in and out; what they come to is the book's to say.
  'mock-api/providers': [...SHARED, ...backend('base', 'storage', 'keys', 'book')],
  // A branch's tills: their codes, and what they are told; what they send is the book's.
  'mock-api/tills': [...SHARED, ...backend('base', 'storage', 'book')],
  // Who works at the desk, and what they do: effects of rooms below, and of those beside.
  'mock-api/desk': [...SHARED, ...backend('base', 'storage', 'keys', 'book', 'feeds', 'providers', 'tills')],
  'mock-api/demo': [
    ...SHARED,
    ...backend('base', 'storage', 'book', 'providers', 'http'),
    ...types(backend('start')),
  ],
  'mock-api/feeds': [...SHARED, ...backend('base', 'storage', 'demo', 'http')],
  'mock-api/http': [...SHARED, ...backend('base', 'storage', 'book', 'tills'), ...types(backend('start'))],
  'mock-api/routes': [
    ...SHARED,
    ...backend('base', 'storage', 'book', 'feeds', 'providers', 'tills', 'desk', 'demo', 'http'),
    ...types(backend('verify')),
  ],
  'mock-api/start': [
    ...SHARED,
    ...backend('base', 'storage', 'keys', 'book', 'providers', 'desk', 'demo', 'http', 'routes'),
  ],
  'mock-api': [...SHARED, ...backend('base', 'storage', 'keys', 'book', 'desk', 'demo', 'http', 'start')],
}

function roomOf(path: string): string {
  const room = ROOMS.find((each) => path === each || path.startsWith(`${each}/`))
  if (!room) throw new Error(`${path} stands in no room`)
  return room
}

interface Import {
  readonly from: string
  readonly isType: boolean
}

/** Imports of the project's own files, with the path that they lead to. */
function importsOf(path: string): Import[] {
  const found: Import[] = []
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'";]*?from\s*)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*[),]/g
  for (const match of (source.get(path) ?? '').matchAll(pattern)) {
    const target = match[3] ?? match[4] ?? ''
    if (!target.startsWith('.')) continue
    const names = match[2] ?? ''
    const allTypes = /^\{[^}]*\}/.test(names) && !/[{,]\s*(?!type\s)[\w$]/.test(names.replace(/from\s*$/, ''))
    found.push({
      from: normalize(join(dirname(path), target))
        .replaceAll('\\', '/')
        .replace(/\?.*$/, ''),
      isType: match[1] !== undefined || allTypes,
    })
  }
  return found
}

const ours = files.filter((path) => /^(src|mock-api)\//.test(path))

describe('the house', () => {
  it('each room imports only the rooms that it may', () => {
    const wrong: string[] = []
    for (const path of ours) {
      const room = roomOf(path)
      for (const { from, isType } of importsOf(path)) {
        if (from.endsWith('.css')) continue
        const target = roomOf(from)
        const allowed = MAY_IMPORT[room] ?? []
        if (target === room || allowed.includes(target) || (isType && allowed.includes(`type:${target}`)))
          continue
        wrong.push(`${path} → ${from}${isType ? ' (type)' : ''}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('the book knows nothing of HTTP: it throws errors of its own, and only what writes the log stands there', () => {
    const wrong = ours
      .filter((path) => path.startsWith('mock-api/book/'))
      .flatMap((path) => importsOf(path).map(({ from }) => `${path} → ${from}`))
      .filter((line) => line.includes('→ mock-api/http/') && !line.endsWith('/http/log.ts'))
    expect(wrong).toEqual([])
  })

  it('no file is part of an import cycle, in storage and exchange not even by its types', () => {
    const mayNotEvenNameInCircles = /^src\/(db|sync)\//
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
      if (done.has(path) || trail.includes(path)) return
      for (const { from, isType } of importsOf(path))
        if ((!isType || mayNotEvenNameInCircles.test(path)) && source.has(from)) visit(from, [...trail, path])
      done.add(path)
    }
    for (const path of ours) visit(path, [])
    expect(cycles).toEqual([])
  })

  it('no file is dead: each is imported, or is where something starts', () => {
    const starts = [
      /^src\/main\.ts$/,
      /^src\/ops\/main\.ts$/,
      /^src\/pwa\/sw\.ts$/,
      /^src\/tracks\/track-worker\.ts$/,
      /^src\/scan\/scan-worker\.ts$/,
      /^mock-api\/main\.ts$/,
      /-cli\.ts$/,
    ]
    const imported = new Set(files.flatMap((path) => importsOf(path).map(({ from }) => from)))
    // A worker is started by `new URL('./file.ts', import.meta.url)`.
    expect(ours.filter((path) => !imported.has(path) && !starts.some((start) => start.test(path)))).toEqual(
      [],
    )
  })

  it('no export is dead: somebody imports the file and says the name', () => {
    const importers = new Map<string, string[]>()
    for (const path of files)
      for (const { from } of importsOf(path)) importers.set(from, [...(importers.get(from) ?? []), path])
    const isNamed = (name: string, path: string) =>
      new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(source.get(path) ?? '')
    const exported =
      /^export\s+(?:async\s+)?(?:abstract\s+)?(?:const|let|function\*?|class|interface|type)\s+([\w$]+)/gm
    const dead = ours.flatMap((path) =>
      [...(source.get(path) ?? '').matchAll(exported)]
        .map((match) => match[1] ?? '')
        .filter((name) => !(importers.get(path) ?? []).some((importer) => isNamed(name, importer)))
        .map((name) => `${path} ${name}`),
    )
    expect(dead).toEqual([])
  })

  it('nothing stands loose in the backend but where something starts', () => {
    const loose = ours.filter((path) => /^mock-api\/[^/]+$/.test(path))
    expect(loose.length).toBeGreaterThan(3)
    expect(loose.filter((path) => !/(\/main|-cli)\.ts$/.test(path))).toEqual([])
  })

  it('clock, chance and network come from where they are handed out, and nowhere else', () => {
    const allowed = [
      /^src\/main\.ts$/,
      /^src\/ops\/main\.ts$/,
      /^src\/pwa\//,
      /^src\/composables\/useNow\.ts$/,
      /^src\/sync\/transport\.ts$/,
      /^mock-api\/start\/(process|open)\.ts$/,
      /-cli\.ts$/,
    ]
    const calls = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\(|(?<![\w.])fetch\(/
    expect(
      ours.filter(
        (path) =>
          !allowed.some((each) => each.test(path)) && calls.test(stripComments(source.get(path) ?? '')),
      ),
    ).toEqual([])
  })

  it('only db knows Dexie, and only config reads the build’s environment', () => {
    const dexie = ours.filter(
      (path) => !path.startsWith('src/db/') && /(?<!type [^\n]*)from 'dexie'/.test(source.get(path) ?? ''),
    )
    expect(dexie).toEqual([])
    expect(
      ours.filter(
        (path) =>
          path !== 'src/config.ts' &&
          path.startsWith('src/') &&
          /import\.meta\.env/.test(source.get(path) ?? ''),
      ),
    ).toEqual([])
    expect(
      ours.filter(
        (path) =>
          path.startsWith('mock-api/') &&
          !/(config|open|-cli)\.ts$/.test(path) &&
          /process\.env/.test(source.get(path) ?? ''),
      ),
    ).toEqual([])
  })

  it('nothing is left open: no note to oneself, no muted check, no stray log', () => {
    const words =
      /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)|\bconsole\.(log|debug)\(|\b(it|test|describe)\.(only|todo)\b/
    const mayPrint = /^(test\/(bench|simulation|e2e\/shots|support)|mock-api\/(main|.*-cli))|golden-files/
    const wrong = files.filter(
      (path) => path !== 'test/tidy.test.ts' && !mayPrint.test(path) && words.test(source.get(path) ?? ''),
    )
    expect(wrong).toEqual([])
  })

  it('no test puts another module in the place of one: the files that share a process with it would go on with it', () => {
    const replacing = files.filter((path) => /\bvi\.(do)?[mM]ock\(/.test(source.get(path) ?? ''))
    expect(replacing).toEqual([])
  })

  it('each file says at its head what it promises', () => {
    const silent = ours.filter(
      (path) => !/^\s*(<!--|\/\*\*?|\/\/|#)/.test((source.get(path) ?? '').replace(/^<script[^>]*>\s*/, '')),
    )
    expect(silent).toEqual([])
  })

  it('files stay short enough to be read at one sitting', () => {
    const length = (path: string) => (source.get(path) ?? '').split('\n').length
    const code = ours.filter((path) => !path.startsWith('src/text/'))
    expect(code.filter((path) => length(path) > 400)).toEqual([])
    const long = code.filter((path) => length(path) > 200)
    expect(long.length / code.length).toBeLessThan(0.1)
  })

  it('functions stay short enough to be held in one look', () => {
    const long = ours.flatMap((path) =>
      functionsOf(path)
        .filter(({ lines }) => lines > FUNCTION_LINES_MAX)
        .map(({ name, lines }) => `${path} ${name}: ${lines}`),
    )
    expect(long).toEqual([])
  })

  it('starts nothing by a script that is not there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    const named = Object.values(scripts).flatMap((line) => line.match(/[\w./-]+\.ts\b/g) ?? [])
    expect(named.length).toBeGreaterThan(5)
    expect(named.filter((path) => !existsSync(path))).toEqual([])
  })

  it('names no room a drawer for everything', () => {
    expect(files.filter((path) => /(^|\/)(utils?|helpers?|misc|common-stuff)(\/|\.)/.test(path))).toEqual([])
  })
})

const FUNCTION_LINES_MAX = 70

/** With its own lines: a function that stands in another is counted by itself, so that a store is not held to the length of all its parts. */
function functionsOf(path: string): { name: string; lines: number }[] {
  const text = source.get(path) ?? ''
  const code = path.endsWith('.vue') ? (/<script[^>]*>([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '') : text
  const file = ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true)
  const lineAt = (position: number) => file.getLineAndCharacterOfPosition(position).line
  const found: { name: string; lines: number }[] = []
  /** Lines of functions in the node. */
  const visit = (node: ts.Node): number => {
    let inner = 0
    ts.forEachChild(node, (child) => {
      inner += visit(child)
    })
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return inner
    const all = lineAt(node.end) - lineAt(node.getStart(file)) + 1
    const name = (node.name ?? (node.parent as { name?: ts.Node }).name)?.getText(file) ?? 'a function'
    found.push({ name, lines: all - inner })
    return all === 1 ? 0 : all
  }
  visit(file)
  return found
}

function stripComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|<!--[\s\S]*?-->/g, '')
}
