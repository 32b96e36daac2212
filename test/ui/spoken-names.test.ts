/** Who steers by voice says what a button shows. So the longer name that tells one row's button from the next holds the words that are shown: WCAG 2.5.3. */
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

/** Whatever shows the text `open` and is called by `openOf`: its last name, or the last two of `t.device.open`. */
function shownAndCalled(): Set<string> {
  const found = globSync('src/**/*.vue').flatMap((path) => [
    ...readFileSync(path, 'utf8').matchAll(
      /:aria-label="\w+\.([\w.]+)Of\([^"]*"[^>]*>(?:<[^>]*>)*\{\{ \w+\.([\w.]+) \}\}/g,
    ),
  ])
  return new Set(found.filter(([, called, shown]) => called === shown).map(([, name = '']) => name))
}

interface Pair {
  readonly where: string
  readonly shown: string
  readonly called: string
}

function pairsIn(texts: object, where: string, names: readonly string[]): Pair[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]): Pair[] => {
    const place = `${where}.${key}`
    if (typeof value === 'object' && value !== null) return pairsIn(value, place, names)
    const call: unknown = Reflect.get(texts, `${key}Of`)
    const isButton = names.some((name) => place.endsWith(`.${name}`))
    if (!isButton || typeof value !== 'string' || typeof call !== 'function') return []
    return [{ where: place, shown: value, called: String(call('甲', '乙')) }]
  })
}

it('the name of a button holds what it shows', async () => {
  const names = [...shownAndCalled()]
  expect(names).toContain('turnTo')
  const pairs: Pair[] = []
  for (const path of globSync('src/text/**/*.ts')) {
    const module: Record<string, unknown> = await import(resolve(path))
    for (const [name, pack] of Object.entries(module))
      if (typeof pack === 'object' && pack !== null && 'zh-CN' in pack)
        pairs.push(...pairsIn(pack, name, names))
  }
  const differ = pairs.filter(({ shown, called }) => !called.toLowerCase().includes(shown.toLowerCase()))
  expect(differ.map(({ where, shown, called }) => `${where}: “${shown}” and “${called}”`)).toEqual([])
})
