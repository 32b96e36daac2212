import { describe, expect, it } from 'vitest'
import { formatWhen } from '../../../src/text/format-date.ts'
import { sentences, uncapitalised, within } from '../../../src/text/sentences.ts'

describe('sentences of two texts in one paragraph', () => {
  it('stand without a space in Chinese, with one in English, and an empty one leaves none', () => {
    expect(sentences('zh-CN', '不带姓名。', '没填完的会自动留着。')).toBe('不带姓名。没填完的会自动留着。')
    expect(sentences('en', 'No name.', 'It is kept.')).toBe('No name. It is kept.')
    expect(sentences('en', 'Try again.', '')).toBe('Try again.')
  })
})

describe('inside an English sentence', () => {
  const now = Date.parse('2026-12-01T12:00:00+08:00')

  it('a day by its name is small, a month keeps its capital', () => {
    expect(`As of ${within(formatWhen(now, now, 'en'))}`).toBe('As of today 12:00')
    expect(`Opens ${within(formatWhen(now + 86_400_000, now, 'en'))}`).toBe('Opens tomorrow 12:00')
    expect(`Donated ${within(formatWhen(now - 5 * 86_400_000, now, 'en'))}`).toBe('Donated Nov 26 12:00')
  })

  it('an act is small, and what is written in capitals stays so', () => {
    expect(['Cycling', 'EV ride', 'E-bike', 'Own bag'].map(uncapitalised)).toEqual([
      'cycling',
      'EV ride',
      'E-bike',
      'own bag',
    ])
  })
})
