/** The sentence after a restored backup says what came back, what is asked for again and what is gone, and nothing that is not so. */
import { describe, expect, it } from 'vitest'
import { forkText } from '../../../src/text/app/fork.ts'

const zh = forkText['zh-CN'].what
const en = forkText.en.what

describe('the sentence on a fork', () => {
  it('a notice of the first builds, which counted one thing only, is read as it was meant', () => {
    expect(zh({ requeued: 3 })).toBe('3 条会重新上传，会再核算一次，结果可能和原来不同。')
    expect(en({ requeued: 1 })).toBe(
      '1 record waits to be uploaded and assessed again; the result may differ.',
    )
    expect(zh({ requeued: 0 })).toBe('你的记录没有缺。')
  })

  it('never says that nothing is missing when something is', () => {
    for (const what of [zh, en]) {
      const sentence = what({ restored: 2, requeued: 1, lost: 2 })
      expect(sentence).toMatch(/2.*1.*2/)
      expect(sentence).not.toMatch(/没有缺|没少|Nothing|None/)
    }
  })
})
