/** Indicators and measures by year and responsible body on the screen: the filter stands in the address, and is not offered where the plan names no body. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Component } from 'vue'
import { router } from '../../../src/router.ts'
import { language } from '../../../src/text/language.ts'
import FieldView from '../../../src/views/city/plan/FieldView.vue'
import GoalsView from '../../../src/views/city/plan/GoalsView.vue'
import MeasuresView from '../../../src/views/city/plan/MeasuresView.vue'
import { openWorld, type World } from '../me/world.ts'

let world: World

beforeEach(() => {
  language.value = 'zh-CN'
})
afterEach(() => world.close())

async function open(view: Component, path: string): Promise<void> {
  world = await openWorld(view, { path: encodeURI(path), router })
  await world.settle(() => !world.page.find('.skeleton').exists())
}

const measures = () => world.page.findAll('a.list-row[href*="/measure/"]')
const indicators = () => world.page.findAll('article.indicator')
const query = () => router.currentRoute.value.query

async function choose(name: 'year' | 'body', value: string): Promise<void> {
  const select = world.page.get(`select[name="${name}"]`)
  expect(select.findAll('option').map((option) => option.attributes('value'))).toContain(value)
  await select.setValue(value)
}

test('measures are filtered by body and by year, and the address says both', async () => {
  await open(MeasuresView, '/city/zibo/measures')
  expect(measures()).toHaveLength(46)
  await choose('body', '市交通运输局')
  await world.settle(() => measures().length === 6)
  expect(query()).toEqual({ by: '市交通运输局' })
  await choose('year', '2025')
  await world.settle(() => query().year === '2025')
  expect(query()).toEqual({ by: '市交通运输局', year: '2025' })
  const left = measures().map((row) => row.attributes('href'))
  expect(left.length).toBeGreaterThan(0)
  expect(left.length).toBeLessThan(6)
  // A reload, or a link that somebody was sent.
  const address = decodeURI(router.currentRoute.value.fullPath)
  world.close()
  await open(MeasuresView, address)
  expect(measures().map((row) => row.attributes('href'))).toEqual(left)
  expect((world.page.get('select[name="body"]').element as HTMLSelectElement).value).toBe('市交通运输局')
})

test('indicators are filtered in all fields, and a field is kept beside the filter', async () => {
  await open(GoalsView, '/city/jinan/goals?by=市林业局&year=2030')
  const all = indicators().length
  expect(all).toBeGreaterThan(0)
  world.close()
  await open(GoalsView, '/city/jinan/goals?year=2030&by=市交通运输局')
  const transport = indicators().length
  expect(transport).toBeGreaterThan(0)
  expect(transport).toBeLessThan(all)
  expect(world.page.text()).toContain('按它所在章节的负责部门算')
  await world.page.get('input[value="transport"]').setValue()
  await world.settle(() => query().field === 'transport')
  expect(query()).toEqual({ by: '市交通运输局', year: '2030', field: 'transport' })
})

test('a field keeps to the filter too, and says when nothing is left', async () => {
  await open(FieldView, '/city/binzhou/field/transport?year=2030&by=市教育局')
  expect(measures()).toHaveLength(0)
  expect(world.page.text()).toContain('按现在的筛选，一条也没有')
  const clear = world.page.findAll('button').find((button) => button.text() === '清除筛选')
  await clear?.trigger('click')
  await world.settle(() => measures().length > 0)
  expect(query()).toEqual({})
})

test('where the plan names no body there is no empty filter, and that is said', async () => {
  await open(MeasuresView, '/city/weifang/measures?by=市教育局')
  expect(world.page.find('select[name="body"]').exists()).toBe(false)
  expect(world.page.text()).toContain('没有写明负责部门，所以不能按部门筛选')
  expect(measures()).toHaveLength(73)
})
