/** Asks again for what the backend could not read: a newer one may. */
import { requeueDeferred } from '../db/outbox.ts'
import { useDeviceStore } from './device.ts'
import { useSyncStore } from './sync.ts'

export async function retryDeferred(): Promise<void> {
  const { db } = useDeviceStore()
  if (db) await requeueDeferred(db)
  await useSyncStore().poke()
}
