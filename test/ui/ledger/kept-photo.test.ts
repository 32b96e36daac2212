/** The photo of a nomination from another phone: asked for as the account's, since a bare picture's request carries no secret. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useKeptPhoto } from '../../../src/stores/voice.ts'
import { SyncProblem } from '../../../src/sync/transport.ts'
import { openWorld, type World } from '../me/world.ts'

const DIGEST = 'a'.repeat(64)
const Viewer = defineComponent({
  setup() {
    const address = useKeptPhoto(() => DIGEST)
    return () => h('main', address.value ? [h('img', { src: address.value })] : [])
  },
})

let world: World
const revoked: string[] = []

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => 'blob:photo')
  URL.revokeObjectURL = (address) => void revoked.push(address)
})
afterEach(() => world.close())

it('is shown from the account’s own request, and let go with the screen', async () => {
  const asked: string[] = []
  world = await openWorld(Viewer, {
    isAccount: true,
    api: {
      photo: async (accountId, digest) => {
        asked.push(`${accountId} ${digest}`)
        return new Blob(['x'])
      },
    },
  })
  await world.settle(() => world.page.find('img').exists())
  expect(world.page.get('img').attributes('src')).toBe('blob:photo')
  expect(asked).toEqual([`${world.device.current?.ledgerId} ${DIGEST}`])
  world.page.unmount()
  expect(revoked).toEqual(['blob:photo'])
})

it('is not shown without a network, and nothing breaks', async () => {
  let isAsked = false
  world = await openWorld(Viewer, {
    isAccount: true,
    api: {
      photo: () => {
        isAsked = true
        return Promise.reject(new SyncProblem('offline'))
      },
    },
  })
  await world.settle(() => isAsked)
  expect(world.page.find('img').exists()).toBe(false)
})
