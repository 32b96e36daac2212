/** Phone numbers and codes as people type and paste them: full-width digits, spaces, dashes, +86 in front. */

function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/[^\d+]/g, '')
}

/** The eleven digits, or undefined when this is no mainland mobile number. */
export function readPhone(text: string): string | undefined {
  const digits = digitsOf(text).replace(/^(\+86|0086|86(?=1\d{10}$))/, '')
  return /^1[3-9]\d{9}$/.test(digits) ? digits : undefined
}

/** The six digits, also out of a pasted message; undefined when there are not exactly six in a row. */
export function readCode(text: string): string | undefined {
  const plain = text.normalize('NFKC')
  const joined = plain.replace(/[\s-]/g, '')
  if (/^\d{6}$/.test(joined)) return joined
  const found = plain.match(/(?<!\d)\d{6}(?!\d)/g)
  return found?.length === 1 ? found[0] : undefined
}

/** 138 1234 5678 */
export function spacedPhone(phone: string): string {
  return phone.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3')
}
