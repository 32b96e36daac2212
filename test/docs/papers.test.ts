/** The papers lead somewhere: what they link to and the files that they name are there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const ROOMS = ['src', 'mock-api', 'build', 'test', 'docs', 'public']
/** A paper may leave out the room that it speaks of. */
const WITHIN = ['', 'src', 'mock-api', 'src/domain', 'src/content', 'test']

const files = ROOMS.flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
)
const names = new Set([...files, ...readdirSync(ROOT)].map((file) => basename(file)))
const papers = [
  ...readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...files.filter((file) => file.startsWith('docs') && file.endsWith('.md')),
]
/** Where something moved to is no matter of the list of what has changed. */
const FROM_BEFORE = ['CHANGELOG.md', join('docs', 'simulated.md')]

const isThere = (named: string) =>
  named.includes('/') ? WITHIN.some((room) => existsSync(join(ROOT, room, named))) : names.has(named)

describe.each(papers)('%s', (paper) => {
  const text = readFileSync(join(ROOT, paper), 'utf8')

  it('links to what is there', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(paper), target)))).toEqual([])
  })

  if (FROM_BEFORE.includes(paper)) return
  it('names files that are there', () => {
    const named = [...text.matchAll(/`([\w.-][\w./-]*\.(?:ts|vue|json|mjs|sql|css))`/g)]
    expect(named.map(([, file = '']) => file).filter((file) => !isThere(file))).toEqual([])
  })
})
