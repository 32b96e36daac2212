/** On a phone of several people: whose ledger one is looking at. */
import { defineText } from '../define-text.ts'

export const whoseLedgerText = defineText(
  {
    whose: (name: string) => `${name}的账本`,
    switch: '换人',
    noName: '没起名的人',
  },
  {
    whose: (name: string) => `Ledger of ${name}`,
    switch: 'Switch',
    noName: 'someone without a name',
  },
)
