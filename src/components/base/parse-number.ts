/**
 * A number as people in China type it: full-width digits, 。 or ． for the point, and a comma (， or ,) that groups
 * thousands when three digits follow and is a point otherwise. Null when it is no number at all.
 */
export function parseNumber(text: string): number | null {
  const plain = text
    .normalize('NFKC') // ８．９ → 8.9, ， → ,
    .replace(/[\s_]/g, '')
    .replace(/[。、]/g, '.')
    .replace(/^−/, '-')
  if (plain === '') return null
  const grouped = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)
    ? plain.replaceAll(',', '')
    : plain.replace(',', '.')
  if (!/^-?(\d+\.?\d*|\.\d+)$/.test(grouped)) return null
  return Number(grouped)
}
