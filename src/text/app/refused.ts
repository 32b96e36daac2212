/** What is said of a tap whose write the phone refused, whatever was tapped. In the first load: a few words. */
import { defineText } from '../define-text.ts'

export const refusedText = defineText(
  {
    full: '手机的存储满了，没有记下。腾出空间再点一次。',
    failed: '没有做成，再点一次试试。',
  },
  {
    full: 'The phone’s storage is full: not stored. Make room and tap again.',
    failed: 'That did not work. Tap again.',
  },
)
