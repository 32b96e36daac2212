/**
 * Breaks a text into lines of a width, as a browser would: between Chinese characters, at blanks between words, never before closing
 * punctuation or after opening. Nothing is cut off: a word wider than the line is broken inside. Pure: the measure is handed in.
 */

const HAN = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/u
/** May not begin a line. */
const CLOSING = /^[，。、；：？！）”’》〉】…·—,.;:?!)%]/u
/** May not end one. */
const OPENING = /[（“‘《〈【(]$/u

/** @param widthOf of a text, in the unit of `width` */
export function wrapText(text: string, width: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(text)) {
    const next = line + piece
    if (line === '' || widthOf(next.trimEnd()) <= width) line = next
    else {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    }
    while (widthOf(line.trimEnd()) > width && [...line.trimEnd()].length > 1) {
      const head = headThatFits(line, width, widthOf)
      lines.push(head)
      line = line.slice(head.length)
    }
  }
  return line.trimEnd() === '' ? lines : [...lines, line.trimEnd()]
}

/** At least one character, so that it comes to an end. */
function headThatFits(line: string, width: number, widthOf: (text: string) => number): string {
  let head = ''
  for (const char of line) {
    if (head !== '' && widthOf(head + char) > width) break
    head += char
  }
  return head
}

/** What stays together: a word with the blank behind it, a Chinese character with the punctuation around it. A no-break space is no blank. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let isOpen = false
  for (const char of text) {
    const last = pieces.at(-1)
    const joins =
      last !== undefined &&
      (CLOSING.test(char) ||
        OPENING.test(last) ||
        (isOpen && char !== ' ' && !HAN.test(char)) ||
        char === ' ')
    if (joins) pieces[pieces.length - 1] = last + char
    else pieces.push(char)
    isOpen = char !== ' ' && !HAN.test(char)
  }
  return pieces
}
