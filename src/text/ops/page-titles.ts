/** What the desk's pages are called: in the navigation, in the window's title. A page without a name does not compile. */
import { defineText } from '../define-text.ts'

const zh = {
  overview: '今天',
  reviews: '复核与申诉',
  feedback: '意见',
  nominations: '案例评审',
  offers: '兑换',
  shops: '商户与收银台',
  vouchers: '按号查券',
  disputes: '异议',
  events: '活动',
  planting: '植树日',
  alerts: '预警',
  content: '城市内容',
  services: '服务方与密钥',
  totals: '按城市统计',
  proposals: '待复核',
  people: '人员和角色',
  journal: '工作日志',
  passkeys: '我的通行密钥',
} as const

export type DeskPageName = keyof typeof zh

export const deskPageTitles = defineText(zh, {
  overview: 'Today',
  reviews: 'Reviews and appeals',
  feedback: 'Feedback',
  nominations: 'Nominations',
  offers: 'Offers',
  shops: 'Shops and tills',
  vouchers: 'Voucher by number',
  disputes: 'Disputes',
  events: 'Events',
  planting: 'Planting days',
  alerts: 'Warnings',
  content: 'City content',
  services: 'Services and keys',
  totals: 'Totals by city',
  proposals: 'Proposals',
  people: 'People and roles',
  journal: 'Office journal',
  passkeys: 'My passkeys',
})
