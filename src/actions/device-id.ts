/** This phone's id: made when the backend is first told one, and kept. The account's list of devices shows what it stands for. */
import { readFact, writeFact } from '../db/device.ts'
import type { DeviceContext } from './context.ts'

export async function deviceIdOf({
  device,
  newId,
}: Pick<DeviceContext, 'device' | 'newId'>): Promise<string> {
  return device.transaction('rw', device.facts, async () => {
    const known = await readFact(device, 'deviceId')
    if (known !== undefined) return known
    const deviceId = newId()
    await writeFact(device, 'deviceId', deviceId)
    return deviceId
  })
}
