/** The words of the shell: tabs, what the toast and the notices around the views say. */
import { defineText } from '../define-text.ts'

export const appText = defineText(
  {
    name: '绿迹',
    skip: '跳到正文',
    mainNav: '主导航',
    close: '关闭',
    tabs: { home: '首页', ledger: '账本', log: '记录', rewards: '兑换', city: '城市', me: '我的' },
    missingText: '链接可能写错了，或者页面已经搬走。',
    toHome: '回到首页',
    loadFailed: '这个页面还没存到手机上',
    loadFailedText: '连上网络后再试一次。已经记下的都在。',
    retry: '再试一次',
  },
  {
    name: 'Greentrace',
    skip: 'Skip to content',
    mainNav: 'Main',
    close: 'Close',
    tabs: { home: 'Home', ledger: 'Ledger', log: 'Log', rewards: 'Rewards', city: 'City', me: 'Me' },
    missingText: 'The link may be mistyped, or the page has moved.',
    toHome: 'Back to Home',
    loadFailed: 'This page is not on your phone yet',
    loadFailedText: 'Try again once you are online. Everything you logged is safe.',
    retry: 'Try again',
  },
)
