/** What became of the records that a restored backend had lost: what came back, what is asked for again, what is gone. Exactly, and no more. */
import { defineText } from '../define-text.ts'

/** As the ledger keeps it; notices of the first builds counted only what was asked for again. */
interface ForkCounts {
  readonly requeued: number
  readonly restored?: number
  readonly lost?: number
}

const records = (count: number) => (count === 1 ? '1 record' : `${count} records`)

export const forkText = defineText(
  {
    what: ({ restored = 0, requeued, lost = 0 }: ForkCounts) => {
      const parts = [
        restored > 0 ? `${restored} 条由手机里的签名账目证明，已经找回` : '',
        requeued > 0 ? `${requeued} 条会重新上传，会再核算一次，结果可能和原来不同` : '',
        lost > 0 ? `${lost} 条人工处理或核销的结果没能找回，可以申请复核或再问一次` : '',
      ].filter((part) => part !== '')
      return parts.length === 0 ? '你的记录没有缺。' : `${parts.join('；')}。`
    },
  },
  {
    what: ({ restored = 0, requeued, lost = 0 }: ForkCounts) => {
      const parts = [
        restored > 0 ? `${records(restored)} came back, proven by the signed ledger on this phone.` : '',
        requeued > 0
          ? `${records(requeued)} ${requeued === 1 ? 'waits' : 'wait'} to be uploaded and assessed again; the result may differ.`
          : '',
        lost > 0
          ? `${lost === 1 ? '1 decision by a person or a shop' : `${lost} decisions by people or shops`} could not be brought back; you can appeal or ask again.`
          : '',
      ].filter((part) => part !== '')
      return parts.length === 0 ? 'None of your records is missing.' : parts.join(' ')
    },
  },
)
