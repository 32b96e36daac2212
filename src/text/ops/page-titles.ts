/** What the desk's pages are called: in the navigation, in the window's title. A page without a name does not compile. */
import { defineText } from '../define-text.ts'

const zh = {
  proposals: '待复核',
  people: '人员和角色',
  journal: '工作日志',
  passkeys: '我的通行密钥',
} as const

export type DeskPageName = keyof typeof zh

export const deskPageTitles = defineText(zh, {
  proposals: 'Proposals',
  people: 'People and roles',
  journal: 'Office journal',
  passkeys: 'My passkeys',
})
