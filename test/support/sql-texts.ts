/** Every SQL statement that stands in a string of the backend's code, and every migration. */
import { readdirSync, readFileSync } from 'node:fs'

const root = new URL('../../mock-api/', import.meta.url)
const files = readdirSync(root, { recursive: true }).map(String)
const read = (name: string) => readFileSync(new URL(name, root), 'utf8')

export const statements = files
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) =>
    [
      ...read(file).matchAll(/(['`])(\s*(?:select|insert|update|delete|with|create)\s(?:(?!\1)[\s\S])*)\1/g),
    ].map(([, , text = '']) => ({ file, text: text.replaceAll(/\s+/g, ' ').trim() })),
  )

export const migrations = files
  .filter((name) => name.endsWith('.sql'))
  .map((name) => ({ name, text: read(name) }))
