/** What is said of a public answer that the phone keeps: when it last held, and that there may be a newer one. */
import { defineText } from '../define-text.ts'

export const keptText = defineText(
  {
    confirmed: (when: string) => `最后确认：${when}`,
    offline: '离线：之后的变化这里看不到',
    failed: '没有连上，先看存下的',
    leftOut: (count: number) => `还有 ${count} 条要更新应用才能看`,
    refresh: '再查一次',
    refreshing: '正在查',
  },
  {
    confirmed: (when: string) => `Last confirmed: ${when}`,
    offline: 'Offline: changes since are not shown',
    failed: 'No answer; this is what was stored',
    leftOut: (count: number) => `${count} more can be read after updating the app`,
    refresh: 'Check again',
    refreshing: 'Checking',
  },
)
