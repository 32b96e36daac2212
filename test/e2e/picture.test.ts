/** A month as a picture: a PNG of the size that it says, drawn in a real browser, with the figures that the page and the ledger say. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { liveSixWeeks } from './lived-in.ts'
import { Person } from './person.ts'

let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  await person.choosesCity('潍坊')
  await person.signsIn('13812345678')
  await liveSixWeeks(person)
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

async function saved(): Promise<{ name: string; bytes: Buffer }> {
  const download = person.page.waitForEvent('download')
  await person.page.getByRole('button', { name: '保存图片' }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

/** How many colours there are among some thousand places of it. */
const coloursOf = () =>
  person.page.evaluate(async () => {
    const image = document.querySelector('main img') as HTMLImageElement
    await image.decode()
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
    const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D
    context.drawImage(image, 0, 0)
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set<number>()
    for (let i = 0; i < data.length; i += 4 * 97)
      seen.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0))
    return seen.size
  })

const sizeOf = (png: Buffer) => [png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)]

describe('the picture of a month', () => {
  it('is a PNG of the size that was chosen, with something on it, and says nothing of who it is', async () => {
    await person.goto('/period/picture')
    await person.page.locator('main img').waitFor()
    const story = await saved()
    expect(story.name).toMatch(/^greentrace-\d{4}-\d\d-01-\d{4}-\d\d-\d\d-story\.png$/)
    expect(sizeOf(story.bytes)).toEqual(['PNG', 1080, 1920])
    expect(await coloursOf()).toBeGreaterThan(20)
    await person.page.locator('label').filter({ hasText: '方图' }).click()
    await person.page.locator('main img[height="1080"]').waitFor()
    expect(sizeOf((await saved()).bytes)).toEqual(['PNG', 1080, 1080])
    expect(await person.page.locator('main img').getAttribute('alt')).not.toContain('138')
  })

  it('says in words what the ledger says, the same as it shows', async () => {
    const words = await person.page.locator('section[aria-labelledby=in-words]').innerText()
    const alt = (await person.page.locator('main img').getAttribute('alt')) ?? ''
    await person.goto('/ledger')
    const figure =
      (await person.page.locator('main .now').first().innerText())
        .match(/[\d.,]+\s*(g|kg)/)?.[0]
        .replace(/\s/g, '') ?? 'no figure'
    expect(words.replace(/\s/g, '')).toContain(`${figure}减碳量`)
    expect(alt.replace(/\s/g, '')).toContain(`${figure}减碳量`)
    expect(alt).toContain('示例')
    expect(person.errors).toEqual([])
  })
})
