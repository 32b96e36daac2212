/** A till's camera: what is held before it is read and judged, also without a network. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import first from '../golden/voucher.json' with { type: 'json' }
import { degradedCode } from '../support/degraded-code.ts'
import { fakeCamera } from '../support/fake-camera.ts'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'

const camera = fakeCamera(degradedCode('https://example.com/pay', 'noise', 1))
let server: Server
let shop: Person

beforeAll(async () => {
  server = await startServer()
  shop = await Person.with(server.url, {}, camera.args)
})
afterAll(async () => {
  expect(shop.errors).toEqual([])
  await shop?.end()
  await server?.end()
  camera.end()
})

async function saysLarge(title: string): Promise<void> {
  await shop.page.getByRole('heading', { level: 1, name: title }).waitFor()
}

it('reads the code of another app, and says that it is no voucher', async () => {
  await shop.choosesCity('济南')
  await shop.goto('/me')
  await shop.page.getByRole('link', { name: /收银台/ }).click()
  await shop.page.getByRole('button', { name: /示例商户/ }).click()
  await saysLarge('不是兑换券')
})

it('with the server away, reads a voucher from a cracked screen, and cannot check a key of which it has not heard', async () => {
  camera.show(degradedCode(first.code, 'crack', 4001))
  await server.stop()
  await shop.goto('/till')
  await saysLarge('现在核对不了')
  await shop.page.getByRole('button', { name: '下一张' }).click()
  // It still lies there, and is read anew after the pause.
  await saysLarge('现在核对不了')
})
