/**
 * The signing keys, by hand. Without a word: the next key of each purpose, endorsed by the present one; devices follow the endorsement, old
 * heads and vouchers stay valid. `heads`, `vouchers`, `documents`: of this purpose only. `revoke <kid> [reason]`: ends a key for good.
 * `list`: the keys as PINNED_KEYS of an app's build takes them.
 */
import { KEY_PURPOSES } from '../src/proof/keys.ts'
import type { Deps } from './base/deps.ts'
import { open, run } from './start/open.ts'

const USAGE = `usage: npm run rotate-key [-- ${KEY_PURPOSES.join(' | ')} | revoke <kid> [reason] | list]\n`

await run(async (config) => {
  const { deps, close } = await open(config)
  try {
    return await work(deps, process.argv.slice(2))
  } finally {
    await close()
  }
})

async function work({ keyring, now }: Deps, [word, ...rest]: readonly string[]): Promise<number> {
  const purpose = KEY_PURPOSES.find((each) => each === word)
  if (word === undefined || purpose) {
    for (const key of await keyring.rotate(purpose))
      print(
        `${key.purpose}: ${key.kid} signs from ${key.notBefore > now() ? timeOf(key.notBefore) : 'now on'}`,
      )
    return 0
  }
  if (word === 'list') {
    print(JSON.stringify({ keys: (await keyring.publicKeys()).keys }))
    return 0
  }
  const [kid, ...reason] = rest
  if (word !== 'revoke' || kid === undefined) {
    process.stderr.write(USAGE)
    return 2
  }
  if (!(await keyring.revoke(kid, reason.join(' ')))) {
    process.stderr.write(`${kid} is no key of this backend, or was revoked before\n`)
    return 1
  }
  print(
    `${kid} is revoked. Make a backup now: one from before brings it back, and phones do not take it any more.`,
  )
  return 0
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString()}, when every process knows it`
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
