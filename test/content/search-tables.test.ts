/** The tables of the search are what their sources say, and know every character that the content has. */
import { globSync, readFileSync } from 'node:fs'
import { Converter } from 'opencc-js'
import { describe, expect, it } from 'vitest'
import folds from '../../src/content/fold-table.json' with { type: 'json' }
import { foldHan } from '../../src/content/han.ts'
import readings from '../../src/content/pinyin-table.json' with { type: 'json' }
import { foldTable, pinyinTable } from '../support/search-tables.ts'

const contents = globSync('src/content/**/*.json')
  .filter((path) => !path.endsWith('-table.json'))
  .map((path) => readFileSync(path, 'utf8'))
const characters = [...new Set(contents.join(''))].filter((each) => /[\u4e00-\u9fff]/.test(each))

describe('the tables', () => {
  it('are made from their sources: run test/support/search-tables.ts when this fails', () => {
    expect(folds).toEqual(foldTable())
    expect(readings).toEqual(pinyinTable())
  })

  it('bring all that the content says back from traditional writing, whoever wrote it', () => {
    for (const to of ['t', 'tw', 'hk'] as const) {
      const convert = Converter({ from: 'cn', to })
      const lost = characters.filter((each) => foldHan(convert(each)) !== foldHan(each))
      expect(lost, to).toEqual([])
    }
  })

  it('leave a simplified text as it is, and every text as long as it was', () => {
    const text = '潍坊市“十四五”规划里，什么都要为了大家：著名的乾坤湾、后天、面子。'
    expect(foldHan(foldHan(text))).toBe(foldHan(text))
    expect(foldHan('什么面子')).toBe('什么面子')
    expect(foldHan('臺灣𠮷野家 abc').length).toBe('臺灣𠮷野家 abc'.length)
  })

  it('know how each character of the content is read', () => {
    const known = new Set(Object.values(readings).join(''))
    expect(characters.filter((each) => !known.has(each))).toEqual([])
  })
})
