/** A form that is half filled, in a real browser: it is there again after a reload and a crash, belongs to one person, and says at its field what it cannot read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '../support/server.ts'
import { Person } from './person.ts'
import { outbox } from './stored.ts'

let server: Server
let person: Person

beforeAll(async () => {
  server = await startServer()
  person = await Person.with(server.url)
  await person.choosesCity('潍坊')
})
afterAll(async () => {
  await person?.end()
  await server?.end()
})

const field = (name: string) => person.page.getByRole('textbox', { name })

describe('a ride that is half filled in', () => {
  it('is understood with its unit, shown as it was understood, and there again after a reload', async () => {
    await person.goto('/log?code=bus')
    await field('里程').fill('３０里')
    await field('线路').fill('5 路')
    await person.sees('３０里 = 15 公里，按 15 公里记')
    await person.page.reload()
    await person.sees('３０里 = 15 公里，按 15 公里记')
    expect([await field('里程').inputValue(), await field('线路').inputValue()]).toEqual(['３０里', '5 路'])
  })

  it('and after the browser was switched off in the midst of it', async () => {
    await person.reopen('/log')
    await person.sees('３０里 = 15 公里，按 15 公里记')
    expect(await field('线路').inputValue()).toBe('5 路')
  })

  it('is not seen by the next person on the phone, and waits for its own', async () => {
    await person.goto('/me')
    await person.page.getByRole('button', { name: '添加一个人' }).click()
    await field('名字').fill('奶奶')
    await person.page.getByRole('button', { name: '先开一本账' }).click()
    await person.page.locator('b.name', { hasText: '奶奶' }).waitFor()
    await person.goto('/log?code=bus')
    await field('里程').waitFor()
    expect([await field('里程').inputValue(), await field('线路').inputValue()]).toEqual(['', ''])
    await person.goto('/me')
    await person.page.locator('li button.list-row:not([aria-current]):not(.add)').click()
    await person.page.locator('b.name', { hasNotText: '奶奶' }).waitFor()
    await person.goto('/log')
    await person.sees('３０里 = 15 公里，按 15 公里记')
  })

  it('is sent by Enter only once it is clear: what is wrong is said at the field, which has the focus', async () => {
    await field('里程').fill('30站')
    await field('线路').focus()
    await person.page.keyboard.press('Enter')
    await person.sees('“站”不是这里的单位。这里按公里填，如 3.2')
    const focused = person.page.locator(':focus')
    expect(await focused.getAttribute('aria-invalid')).toBe('true')
    expect(
      await person.page.locator(`[id="${await focused.getAttribute('aria-describedby')}"]`).innerText(),
    ).toContain('“站”')
    expect(await focused.inputValue()).toBe('30站')
    expect(await outbox(person.page)).toEqual([])
    await field('里程').fill('3公里')
    await person.page.keyboard.press('Enter')
    await person.sees('已记下')
    expect(JSON.parse((await outbox(person.page))[0]?.text ?? '')).toMatchObject({
      body: { code: 'bus', note: '5 路', quantity: { value: 3000, unit: 'metre' } },
    })
    await person.goto('/log?code=bus')
    await field('里程').waitFor()
    expect(await field('里程').inputValue()).toBe('')
    expect(person.errors).toEqual([])
  })
})

describe('a ride that is taken back', () => {
  it('is in the form again, and the words about it lie neither upon the button nor upon the page’s head', async () => {
    await person.goto('/log?code=bus')
    await field('里程').fill('4公里')
    await person.page.keyboard.press('Enter')
    await person.sees('已记下')
    await person.page.getByRole('button', { name: '撤回' }).click()
    await person.sees('已撤回，填的内容还在')
    expect(await field('里程').inputValue()).toBe('4公里')
    const boxOf = async (selector: string) => {
      const box = await person.page.locator(selector).first().boundingBox()
      if (!box) throw new Error(`${selector} is not there`)
      return box
    }
    const [toast, bar, head] = [await boxOf('.toast'), await boxOf('.action-bar'), await boxOf('main header')]
    expect(toast.y + toast.height).toBeLessThanOrEqual(bar.y)
    expect(toast.y).toBeGreaterThanOrEqual(head.y + head.height)
  })
})

describe('words to the city', () => {
  it('are there again after a reload in the moment of typing', async () => {
    await person.goto('/city/weifang/voice/feedback')
    await field('想说的话').fill('路口的灯太暗')
    await person.page.reload()
    await expect.poll(() => field('想说的话').inputValue()).toBe('路口的灯太暗')
  })
})
