/** The words of the receipt check: what was compared on this phone, what holds, what cannot be known. */
import { defineText } from '../define-text.ts'

export const receiptText = defineText(
  {
    receipt: '回执核对',
    receiptRunning: '正在这部手机上核对',
    receiptGood: '核对无误',
    receiptBad: '核对不上',
    receiptNone: '这里核对不了',
    receiptNoneText: '当前网页不是加密连接，浏览器不提供核对所需的功能。用 https 打开再看。',
    checks: {
      record: '记录和它的校验码一致，前后相连',
      detail: '你的明细和记录里的校验码一致',
      command: '你当时发出的原文一字未改',
      head: '服务器的签名包括这一条',
    },
    checkWords: { good: '通过：', bad: '没有通过：', absent: '没有核对：' },
    checkFailed: {
      record: '记录和校验码对不上',
      detail: '明细和校验码对不上',
      command: '原文和校验码对不上',
      head: '服务器的签名没有通过',
    },
    checkMissing: {
      detail: '明细已删除，只剩校验码',
      command: '这一步是服务器自己办的，没有你发出的原文',
      head: '最近的签名在这一条之前，下次同步后再看',
      noHead: '手机上还没有服务器的签名',
    },
    headOf: (seq: string, at: string) => `签名到第 ${seq} 条，${at}`,
    headFar: (count: string) => `中间还有 ${count} 条，要逐条核对`,
    checkChain: '逐条核对到签名处',
    checkingChain: '正在逐条核对',
    receiptMeaning: '这说明：这条记录收到以后没有被人悄悄改过，改了就会对不上。',
    receiptFormula: '当初算得对不对，这里说明不了，要看上面的算式。',
    fingerprint: '校验码 SHA-256',
  },
  {
    receipt: 'Receipt check',
    receiptRunning: 'Checking on this phone',
    receiptGood: 'The receipt holds',
    receiptBad: 'The receipt does not hold',
    receiptNone: 'Cannot be checked here',
    receiptNoneText:
      'This page was not opened over an encrypted connection, so the browser lacks what it takes. Open it with https.',
    checks: {
      record: 'The record fits its fingerprint and the one before',
      detail: 'Your details fit the fingerprint in the record',
      command: 'What you sent stands there word for word',
      head: 'A signed ledger head covers it',
    },
    checkWords: { good: 'Passed: ', bad: 'Failed: ', absent: 'Not checked: ' },
    checkFailed: {
      record: 'The record does not fit its fingerprint',
      detail: 'The details do not fit their fingerprint',
      command: 'The text does not fit its fingerprint',
      head: 'The signature of the ledger head does not hold',
    },
    checkMissing: {
      detail: 'The details were deleted; only the fingerprint is left',
      command: 'Done by the server itself: nothing was sent from here',
      head: 'The latest signature is older than this record; look again after the next sync',
      noHead: 'There is no signed ledger head on this phone yet',
    },
    headOf: (seq: string, at: string) => `Signed up to no. ${seq}, ${at}`,
    headFar: (count: string) =>
      count === '1'
        ? '1 record lies in between and has to be checked'
        : `${count} records lie in between and have to be checked one by one`,
    checkChain: 'Check them up to the signature',
    checkingChain: 'Checking one by one',
    receiptMeaning:
      'What this shows: nobody has quietly changed this record since it reached you; it would no longer fit.',
    receiptFormula: 'It does not show that it was worked out correctly: for that, see the formula above.',
    fingerprint: 'SHA-256 fingerprint',
  },
)
