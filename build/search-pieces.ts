/**
 * Vite's plugin for the search's index: in the place of `src/content/built-pieces.ts` stands one chunk for each city and one for the guides, made
 * of the content by the same function that a phone uses for a pack that came later. Nothing of it is committed.
 */
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const PIECE = 'virtual:search-piece/'
const CONTENT = new URL('../src/content/', import.meta.url)
const TABLE = fileURLToPath(new URL('built-pieces.ts', CONTENT)).replaceAll('\\', '/')
const noPause = async () => {}

/** Imported when it is asked for, as Node runs it: the packs have no place in Vite's bundled configuration. */
async function sources() {
  const { loadAllCities }: typeof import('../src/content/registry.ts') = await import(at('registry.ts'))
  const { sourcesOf }: typeof import('../src/content/search.ts') = await import(at('search.ts'))
  return sourcesOf(await loadAllCities())
}

async function pieceNamed(name: string) {
  const { makePiece }: typeof import('../src/content/search-piece.ts') = await import(at('search-piece.ts'))
  const source = (await sources()).find((each) => each.name === name)
  if (!source) throw new Error(`There is nothing to search in ${name}.`)
  return makePiece(source.of, source.rows, noPause)
}

function at(path: string): string {
  return new URL(path, CONTENT).href
}

export function searchPieces(): Plugin {
  return {
    name: 'search-pieces',
    enforce: 'pre',
    resolveId: (id) => (id.startsWith(PIECE) ? `\0${id}` : undefined),
    async load(id) {
      if (id === TABLE) {
        const lines = (await sources()).map(({ name }) => `  ${name}: () => import('${PIECE}${name}'),`)
        return `export const builtPieces = {\n${lines.join('\n')}\n}`
      }
      if (!id.startsWith(`\0${PIECE}`)) return undefined
      return `export default ${JSON.stringify(await pieceNamed(id.slice(PIECE.length + 1)))}`
    },
  }
}
