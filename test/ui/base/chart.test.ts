import { mount } from '@vue/test-utils'
import { expect, test } from 'vitest'
import HeatCalendar from '../../../src/components/chart/HeatCalendar.vue'
import { monthTrace } from '../../../src/components/chart/month-trace.ts'
import RingGauge from '../../../src/components/chart/RingGauge.vue'
import StackedBars from '../../../src/components/chart/StackedBars.vue'
import TimelineSteps from '../../../src/components/chart/TimelineSteps.vue'

const box = { daysInMonth: 30, width: 350, height: 96 }

test('the trace climbs, ends at the sum, and keeps goal and pending inside the drawing', () => {
  const trace = monthTrace({ ...box, daily: [100, 0, 300], pendingGrams: 200, goalGrams: 1000 })
  expect(trace.sums).toEqual([100, 100, 400])
  expect(trace.goalY).toBe(20)
  expect(trace.end[1]).toBeGreaterThan(20)
  expect(trace.pending).toMatch(/^M[\d. ]+L[\d. ]+$/)
})

test('past the goal the line still fits, and an empty month is a dot on the floor', () => {
  expect(monthTrace({ ...box, daily: [5000], pendingGrams: 0, goalGrams: 1000 }).end[1]).toBe(20)
  const empty = monthTrace({ ...box, daily: [], pendingGrams: 0, goalGrams: null })
  expect(empty.end).toEqual([7, 89])
  expect(`${empty.line}${empty.area}`).not.toContain('NaN')
})

test('a ring past its goal is whole, and one without a goal is empty', () => {
  const around = 2 * Math.PI * 42
  const ring = (value: number, goal: number) => mount(RingGauge, { props: { value, goal, label: '本月' } })
  expect(ring(12, 10).get('.fill').attributes('stroke-dasharray')).toBe(`${around} ${around}`)
  expect(ring(0, 0).find('.fill').exists()).toBe(false)
  expect(ring(5, 10).get('[role=img]').attributes('aria-label')).toBe('本月')
})

test('bars have their table, zero values take no room', () => {
  const wrapper = mount(StackedBars, {
    props: {
      label: '六个月',
      kinds: ['骑行', '公交'],
      bars: [
        { label: '10月', values: [0, 0] },
        { label: '11月', values: [300, 0] },
      ],
      format: (value: number) => `${value} g`,
    },
  })
  expect(wrapper.findAll('rect')).toHaveLength(1)
  expect(wrapper.findAll('tbody tr').map((row) => row.text())).toEqual(['10月0 g0 g0 g', '11月300 g0 g300 g'])
})

test('the calendar says in words what its marks say by size', () => {
  const days = Array.from({ length: 14 }, (_, index) => ({
    day: `2026-11-${String(index + 2).padStart(2, '0')}`,
    level: index === 0 ? (3 as const) : index > 10 ? null : (0 as const),
    text: '356 g',
  }))
  const wrapper = mount(HeatCalendar, { props: { days, label: '两周', today: '2026-11-12' } })
  expect(wrapper.findAll('tbody tr')).toHaveLength(2)
  expect(wrapper.get('tbody tr').text()).toContain('356 g')
  expect(wrapper.findAll('.today')).toHaveLength(1)
})

test('steps carry their state in words, and the present one is marked', () => {
  const wrapper = mount(TimelineSteps, {
    props: {
      label: '状态',
      steps: [
        { key: 'local', label: '本机记录', state: 'done' },
        { key: 'sent', label: '已上传', state: 'now' },
        { key: 'issued', label: '待签发', state: 'todo' },
      ],
    },
  })
  expect(wrapper.get('[aria-current=step]').text()).toContain('进行中')
  expect(wrapper.findAll('.led')).toHaveLength(1)
})
