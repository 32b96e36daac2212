import { expect, test } from 'vitest'
import { parseNumber } from '../../../src/components/base/parse-number.ts'

test.each([
  ['8.9', 8.9],
  ['８．９', 8.9],
  ['8。9', 8.9],
  ['8，9', 8.9],
  ['8,95', 8.95],
  ['1，240', 1240],
  ['12,480.5', 12480.5],
  ['1,240，500', 1240500],
  [' 12 ', 12],
  ['3.', 3],
  ['.5', 0.5],
  ['-2', -2],
  ['', null],
  ['abc', null],
  ['1.2.3', null],
  ['5公里', null],
  ['-', null],
  ['1e9', null],
])('%s reads %s', (text, value) => expect(parseNumber(text)).toBe(value))
