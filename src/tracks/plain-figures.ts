// Figures as phones write them whose language has digits of its own: a program that formats a number "for a person" puts them into files too.

/** Where a row of ten digits begins: Arabic, Persian, Devanagari, Bengali, Thai, Lao, Tibetan, Burmese, Khmer. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0]

/** One width, the digits 0 to 9, a point where Arabic has its own decimal sign; no marks of direction, which show as nothing. */
export function plainFigures(text: string): string {
  if (/^[!-~]*$/.test(text)) return text
  return text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Nd}/gu, asciiDigit)
    .replaceAll('\u066b', '.')
    .trim()
}

function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0
  const zero = ZEROS.find((each) => code >= each && code < each + 10)
  return zero === undefined ? digit : String(code - zero)
}
