/** One writing for all: traditional characters, with Taiwan's and Hong Kong's variants, become the simplified ones that the content has. */
import table from './fold-table.json' with { type: 'json' }

const targets = [...table.to]
const folds = new Map([...table.from].map((character, at) => [character, targets[at] as string]))

/**
 * Parts of characters that are characters themselves have a place of their own in Unicode, and a PDF often gives them for the character: what is
 * copied out of a plan looks like 居民 and is not. Those that NFKC does not know, each with what it shows.
 */
const RADICALS =
  '⺁厂⺄乙⺌小⺍小⺎兀⺒巳⺓幺⺔彐⺕彐⺗心⺝月⺠民⺩王⺪足⺬示⺮竹⺶羊⺷羊⺻聿⺼肉⺽臼⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑长⻒长⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟食⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫齐⻬齐⻭齿⻮齿⻯龙⻰龙⻱龟⻲龟'
for (const [, from = '', to = ''] of RADICALS.matchAll(/(.)(.)/gu)) folds.set(from, to)

/** As long as it was, so that a place in the one is a place in the other. */
export function foldHan(text: string): string {
  return text.replace(/[\u2e80-\u2eff\u4e00-\u9fff]/g, (character) => folds.get(character) ?? character)
}
