/** What the papers show as an example runs as it stands, against the backend as it is started. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'

const CLIENT = fileURLToPath(new URL('../../docs/examples/client.mjs', import.meta.url))

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.end())

describe('the example client', () => {
  it('records a ride and checks what the backend signed', () => {
    const output = execFileSync(process.execPath, [CLIENT, server.url, '13800138001'], { encoding: 'utf8' })
    const [ride, head] = output.trim().split('\n')
    expect(ride).toMatch(/^1 activity\.record: accepted, \d+ grams to available, \d+ points to available$/)
    expect(head).toMatch(/^signed at 1: \d+ points available, 0 held$/)
  })
})
