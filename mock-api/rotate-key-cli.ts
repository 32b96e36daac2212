/** Makes the next signing key, endorsed by the present one. Devices follow the endorsement; old heads and vouchers stay valid. */
import { open, run } from './open.ts'

await run(async (config) => {
  const { deps, close } = await open(config)
  try {
    const before = await deps.keyring.signingKey()
    const key = await deps.keyring.rotate()
    process.stdout.write(`key ${key.kid} signs from now on, endorsed by ${before.kid}\n`)
    return 0
  } finally {
    await close()
  }
})
