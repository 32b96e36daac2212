/** What a field says of what was typed: how it was understood, or what is expected instead. */
import { defineText } from '../define-text.ts'

export const fieldText = defineText(
  {
    units: { km: '公里', stop: '站', minute: '分钟', count: '次', kWh: '度（kWh）', kg: '千克' },
    taken: (amount: string) => `按 ${amount}记`,
    converted: (typed: string, amount: string) => `${typed} = ${amount}，按 ${amount}记`,
    doubts: {
      words: (typed: string, unit: string, example: string) =>
        `没看懂“${typed}”。这里按${unit}填数字，如 ${example}`,
      unit: (word: string, unit: string, example: string) =>
        `“${word}”不是这里的单位。这里按${unit}填，如 ${example}`,
      several: (unit: string, example: string) => `这里只填一个数，按${unit}填，如 ${example}`,
      negative: '不会小于 0，请再看一眼',
      whole: (example: string) => `这里填整数，如 ${example}`,
      low: (min: string) => `最少填 ${min}`,
      high: (max: string) => `最多填 ${max}`,
    },
    empty: (label: string) => `还没填“${label}”`,
    date: '日期没填完整，请再看一眼',
  },
  {
    units: { km: 'km', stop: 'stops', minute: 'min', count: 'times', kWh: 'kWh', kg: 'kg' },
    taken: (amount: string) => `Taken as ${amount}`,
    converted: (typed: string, amount: string) => `${typed} = ${amount}, taken as ${amount}`,
    doubts: {
      words: (typed: string, unit: string, example: string) =>
        `“${typed}” is not clear. A number in ${unit} goes here, such as ${example}`,
      unit: (word: string, unit: string, example: string) =>
        `“${word}” is not the unit here. Give it in ${unit}, such as ${example}`,
      several: (unit: string, example: string) => `One number only, in ${unit}, such as ${example}`,
      negative: 'It cannot be below 0, please check',
      whole: (example: string) => `A whole number goes here, such as ${example}`,
      low: (min: string) => `At least ${min}`,
      high: (max: string) => `At most ${max}`,
    },
    empty: (label: string) => `“${label}” is still empty`,
    date: 'The date is not complete, please check',
  },
)
