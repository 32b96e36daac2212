/** The words of the first screen: header, figures. What stands below the fold is in home-more.ts, the state of the exchange in home-state.ts. */
import { defineText } from '../define-text.ts'

export const homeText = defineText(
  {
    title: '首页',
    city: (name: string) => `城市：${name}，点一下更换`,
    me: '我的',
    elder: '长辈版',
    plain: '标准版',
    available: '可用积分',
    pendingPoints: '待核算积分',
    worth: (yuan: string) => `≈ ${yuan}的权益`,
    rate: (points: string, yuan: string) => `${points} 分 ≈ ${yuan}`,
    whatFor: '积分能换什么',
    month: (month: string) => `${month}减碳`,
    monthInWords: (amount: string) => `这个月减碳 ${amount}`,
    monthPending: (amount: string) => `另有 ${amount} 待核算`,
    petrol: (amount: string) => `≈ 少烧 ${amount}汽油`,
    traceLabel: (month: string, amount: string, pending: string) => {
      const more = pending ? `，另有 ${pending} 待核算` : ''
      return `${month}已减碳 ${amount}${more}`
    },
    traceGoal: (goal: string) => `，目标 ${goal}`,
    setGoal: '定个本月目标',
    changeGoal: '改目标',
    goalReached: '本月目标已达成',
  },
  {
    title: 'Home',
    city: (name: string) => `City: ${name}. Tap to change`,
    me: 'Me',
    elder: '长辈版',
    plain: 'Standard',
    available: 'Points available',
    pendingPoints: 'Points pending',
    worth: (yuan: string) => `≈ ${yuan} of rewards`,
    rate: (points: string, yuan: string) => `${points} pts ≈ ${yuan}`,
    whatFor: 'What points are for',
    month: (month: string) => `Avoided in ${month}`,
    monthInWords: (amount: string) => `Avoided this month: ${amount}`,
    monthPending: (amount: string) => `${amount} more pending`,
    petrol: (amount: string) => `≈ ${amount} of petrol`,
    traceLabel: (month: string, amount: string, pending: string) => {
      const more = pending ? `, ${pending} more pending` : ''
      return `${month}: ${amount} of CO₂ avoided${more}`
    },
    traceGoal: (goal: string) => `, goal ${goal}`,
    setGoal: 'Set a monthly goal',
    changeGoal: 'Change goal',
    goalReached: 'This month’s goal is reached',
  },
)
