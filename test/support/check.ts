/** `npm run check`: types per runtime, lint and format. The checks have nothing to do with each other, and each keeps to one core. */
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The longest first. */
const CHECKS = [
  ['vue-tsc', '-p', 'test/tsconfig.json'],
  ['vue-tsc', '-p', 'tsconfig.json'],
  ['tsc', '-p', 'mock-api/tsconfig.json'],
  ['tsc', '-p', 'src/pwa/tsconfig.json'],
  ['biome', 'check', '--error-on-warnings'],
] as const

const left = [...CHECKS]
await Promise.all(Array.from({ length: availableParallelism() }, work))

async function work(): Promise<void> {
  for (let next = left.shift(); next; next = left.shift()) {
    const { code, said } = await run(next)
    console.info(`${code === 0 ? 'ok' : 'FAILED'}: ${next.join(' ')}`)
    if (said.trim()) console.info(said.trim())
    if (code !== 0) process.exitCode = 1
  }
}

/** What it says comes in one piece, so that two do not talk at once. */
function run([command, ...args]: readonly [string, ...string[]]): Promise<{
  code: number | null
  said: string
}> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { shell: process.platform === 'win32' })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, said }))
  })
}
