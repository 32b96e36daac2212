/** What the OASIS schema of the Common Alerting Protocol 1.2 says against alerts as XML, read by libxml2. */
import { readFileSync } from 'node:fs'
import { validateXML } from 'xmllint-wasm'

const SCHEMA = readFileSync(new URL('../golden/cap-1.2/CAP-v1.2.xsd', import.meta.url), 'utf8')

/** One message a fault; none means that all of them are valid. */
export async function capFaults(texts: readonly string[]): Promise<string[]> {
  const xml = texts.map((contents, at) => ({ fileName: `${at}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: SCHEMA })
  return errors.map(({ message }) => message)
}
