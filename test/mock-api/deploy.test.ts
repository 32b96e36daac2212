/** docs/deploy.md, as it stands: each block of commands is run, in its order, against a PostgreSQL of its own. Skipped where none is installed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, postgresBinaries, startCluster } from '../support/postgres.ts'
import { freePort } from '../support/server.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const bin = postgresBinaries()
const page = readFileSync(join(root, 'docs/deploy.md'), 'utf8')
const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text)

/** Between two blocks: until a process that was started answers. */
const untilWell = (port: number) => `
for i in $(seq 300); do curl --fail --silent --output /dev/null http://127.0.0.1:${port}/api/v1/health && break; sleep 0.2; done`

describe.skipIf(!bin)('the page on deploying', () => {
  let cluster: Cluster
  let folder = ''
  let shell: ChildProcess | undefined
  beforeAll(async () => {
    cluster = await startCluster(bin as string)
    folder = mkdtempSync(join(tmpdir(), 'greentrace-deploy-'))
  })
  afterAll(async () => {
    // The shell leads a group of its own, so that what it started ends with it.
    if (shell?.pid !== undefined) end(shell.pid)
    await cluster?.end()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is run from its first command to its last', async () => {
    expect(blocks.length).toBeGreaterThan(7)
    const ports = [await freePort(), await freePort(), await freePort()]
    const own = (text: string) =>
      text
        .replaceAll('postgres@127.0.0.1:5432', `greentrace@127.0.0.1:${new URL(cluster.url).port}`)
        .replaceAll(/\b417([345])\b/g, (_, last: string) => String(ports[Number(last) - 3]))
        .replaceAll('$PWD/', `${folder}/`)
        .replaceAll('greentrace.dump', `${folder}/greentrace.dump`)
    const script = blocks.map((block, place) => {
      const started = [...own(block).matchAll(/PORT=(\d+) /g)].map(([, port]) => untilWell(Number(port)))
      return `${own(block)}${started.join('')}\necho "block ${place} done"`
    })
    const { code, out } = await run(['set -euo pipefail', ...script, 'kill $(jobs -p)', 'wait'].join('\n'))
    for (const place of blocks.keys()) expect(out).toContain(`block ${place} done`)
    expect(code, out).toBe(0)
    expect(out).toMatch(/"status":"ok".*"durability":"power"/)
    expect(out).toContain('marked as restored')
    expect(out).toMatch(/ok: \d+ accounts/)
    expect(out).toMatch(/vouchers: \w+ signs from \d{4}-/)
  }, 180_000)

  function run(script: string): Promise<{ code: number | null; out: string }> {
    const path = [dirname(process.execPath), bin, process.env.PATH].join(':')
    const child = spawn('bash', ['-c', script], { cwd: root, env: { PATH: path }, detached: true })
    shell = child
    let out = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        out += data.toString()
      })
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })))
  }
})

function end(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
