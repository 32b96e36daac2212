/** One writing for all: traditional characters, with Taiwan's and Hong Kong's variants, become the simplified ones that the content has. */
import table from './fold-table.json' with { type: 'json' }

const targets = [...table.to]
const folds = new Map([...table.from].map((character, at) => [character, targets[at] as string]))

/** As long as it was, so that a place in the one is a place in the other. */
export function foldHan(text: string): string {
  return text.replace(/[\u4e00-\u9fff]/g, (character) => folds.get(character) ?? character)
}
