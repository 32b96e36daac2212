/** A migration's text cut into its statements. Ours hold no semicolon but the one at their end, outside of comments and texts. */

const PIECE = /--[^\n]*|'(?:[^']|'')*'|;|[^-';]+|-/g

export function statementsOf(text: string): string[] {
  const statements: string[] = ['']
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece.startsWith('--')) continue
    if (piece === ';') statements.push('')
    else statements.push(`${statements.pop()}${piece}`)
  }
  return statements.map((each) => each.trim()).filter((each) => each !== '')
}
