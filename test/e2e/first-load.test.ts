/**
 * What comes before the first screen is drawn keeps within its budget, and what home shows after it comes in few files. The files of a build weigh
 * the same on every machine, so this is no measurement of time; `npm run bench size` tells what a browser has loaded by then.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { settled } from './screens.ts'

const DIST = 'dist'
/** kB of gzip -9, JS and CSS; a thousand bytes over what it was when somebody last brought it down. Home's goal is 95. */
const BUDGETS = { home: 96, welcome: 90 }
/** Scripts and sheets; ten over what it was when they were last gathered. */
const FILES_MAX = 42

const read = (file: string) => readFileSync(`${DIST}/${file}`, 'utf8')
const page = read('index.html')

/** By the script in the page that asks for the first view's files together with the entry. */
function askedFor(view: keyof typeof BUDGETS): string[] {
  const lists = /\?(\[[^\]]*\]):(\[[^\]]*\])/.exec(page)
  const list: unknown = JSON.parse((view === 'welcome' ? lists?.[1] : lists?.[2]) ?? 'null')
  expect(list, 'the page has no such script').toBeInstanceOf(Array)
  return (list as unknown[]).map(String)
}

function entries(): string[] {
  return [...page.matchAll(/<(?:script|link)[^>]*(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(
    ([, file = '']) => file,
  )
}

/** With all that is imported at once, however far away. */
function withImports(files: readonly string[]): Set<string> {
  const all = new Set(files)
  for (const file of all)
    for (const [, from = ''] of read(file).matchAll(/(?:\bfrom|\bimport)\s*[`'"](\.\/[^`'"]+\.js)[`'"]/g))
      all.add(posix.join(posix.dirname(file), from))
  return all
}

/** The view's own styles; the shell's are no file that is asked for, they stand in the page. */
function stylesOf(files: ReadonlySet<string>): string[] {
  const names = [...files].map((file) => file.replace(/^assets\/|-[\w-]{8}\.js$/g, ''))
  return readdirSync(`${DIST}/assets`)
    .filter((file) => file.endsWith('.css') && names.includes(file.replace(/-[\w-]{8}\.css$/, '')))
    .map((file) => `assets/${file}`)
    .filter((file) => !page.includes(read(file)))
}

describe.each(['home', 'welcome'] as const)('the first load of %s', (view) => {
  const scripts = withImports([...entries(), ...askedFor(view)])

  test('is asked for at once: no file is found only by reading another', () => {
    expect([...scripts].toSorted()).toEqual([...new Set([...entries(), ...askedFor(view)])].toSorted())
  })

  test('keeps within its budget', () => {
    const files = [...scripts, ...stylesOf(scripts)]
    expect(files.some((file) => file.endsWith('.css'))).toBe(true)
    const sizes = Object.fromEntries(
      files.map((file) => [file, gzipSync(read(file), { level: 9 }).length] as const),
    )
    const total = Object.values(sizes).reduce((sum, size) => sum + size, 0)
    expect(total, JSON.stringify(sizes, null, 1)).toBeLessThanOrEqual(BUDGETS[view] * 1000)
  })
})

describe('all of a guest’s home', () => {
  let server: Server
  let person: Person
  let files: string[] = []

  beforeAll(async () => {
    server = await startServer()
    person = await Person.with(server.url, { serviceWorkers: 'block', isWhole: true })
    const { page } = person
    await person.choosesCity('潍坊')
    await person.goto('/')
    await page.getByRole('link', { name: /预警/ }).waitFor() // the last thing that home asks for
    await settled(page)
    files = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname.replace(/^\/assets\//, ''))
        .filter((name) => /\.(js|css)$/.test(name)),
    )
  })
  afterAll(async () => {
    await person?.end()
    await server?.end()
  })

  test('comes in few files', () => {
    expect(files.length, files.join('\n')).toBeLessThanOrEqual(FILES_MAX)
    expect(files.some((file) => file.startsWith('later-'))).toBe(true)
  })

  test('does not fetch once more what stands in the page', () => {
    const [sheet = 'none'] = /shell-[\w-]{8}\.css/.exec(page) ?? []
    expect(readdirSync(`${DIST}/assets`)).toContain(sheet)
    expect(files).not.toContain(sheet)
  })
})
