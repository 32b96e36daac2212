/** The words of home below the fold: usual trips, streak, city card, notices, sheets, 长辈版. */
import { defineText } from './define-text.ts'

export const homeMoreText = defineText(
  {
    again: '再记一笔',
    againHint: '点一下就按现在的时间记下',
    first: '从哪一笔开始',
    firstHint: '不用登录，先记一笔看看',
    perKm: '每公里',
    perTime: '每次',
    track: (points: string) => `有轨迹 ${points}`,
    all: '全部',
    logged: (words: string, points: string) => `已记下 ${words}，${points} 分待核算`,
    loggedZero: (words: string) => `已记下 ${words}`,
    undone: '已撤销',
    undoAsked: '已申请撤销，联网后生效',
    notLogged: (reason: string) => `没有记：${reason}`,
    change: '改一下',
    quota: '手机存储满了，没记下。清出一点空间再试。',
    failed: '没记下，请再试一次。',

    streak: (days: number) => (days === 0 ? '今天还没记' : `连续 ${days} 天`),
    streakMore: (days: number) => `连续 ${days} 天以上`,
    streakText: (days: number) => `近五周有 ${days} 天留下记录`,
    streakNone: '记一笔，这里就有第一个格子。记 0 克也算。',
    heatLabel: (days: number) => `近五周的日历：${days} 天有记录`,
    zeroDay: '0 g',

    doing: (city: string) => `${city}在做`,
    fits: (count: number, act: string) => `你最近记了 ${count} 次${act}，和这条有关。`,
    fitsNone: (act: string) => `从${act}开始，就能参与。`,
    seeMeasure: '看这条行动',
    allActions: '全部行动',
    next: '下一个日子',
    today: '就是今天',
    inDays: (days: number) => `还有 ${days} 天`,
    everyYear: '每年',
    cityFailed: '城市行动还没存到手机上，联网后打开“城市”看。',

    forkTitle: '服务器的账本回到了较早的一份',
    fork: (count: number) =>
      count === 0
        ? '已按它重新整理，你的记录没有缺。'
        : `已按它重新整理，你有 ${count} 条记录重新排队上传，没有丢。`,
    deletedTitle: '这个账户已在别处注销',
    deleted: '这部手机上还留着一份，可以导出保存。',
    export: '导出',
    diskTitle: '手机存储满了',
    disk: '新的记录可能存不下。清出一点空间，已经记下的都在。',
    signedOutTitle: '登录已过期',
    signedOut: '照常可以记。重新登录后自动上传。',
    signIn: '重新登录',

    cityTitle: '你住在哪座城市',
    cityText: '积分由居住城市的项目发放。在别的城市出行，记录时可以另选。',
    cityChosen: '当前',
    goalTitle: '本月减碳目标',
    goalText: '只给自己看，随时可以改，也可以不定。',
    goalLabel: '每月',
    goalIdeas: '参考',
    goalIdea: (kg: number, km: number) => `${kg} kg，约每天骑 ${km} 公里（有轨迹）`,
    goalSave: '就定这个',
    goalClear: '不定目标',

    guestCount: (count: number) =>
      count === 0 ? '还没登录：记下的先存在这部手机上' : `还没登录：${count} 条只在这部手机上`,
    guestText: '登录后一次并入账户，积分才能核算和兑换。',
    guestSignIn: '登录',

    log: '记一笔',
    voucher: '出示兑换券',
    ledger: '看账本',
    cityActions: '城市行动',
    family: '请家人帮忙记',
    familyTitle: '请家人帮忙记',
    familySteps: [
      '一部手机可以存好几个人的账本，各记各的，不会混。',
      '家人在“我的”里加上你的名字，替你记，积分归你。',
      '要登录时，短信验证码由你自己告诉信得过的家人。工作人员不会来要。',
    ],
    familyOpen: '打开“我的”',
  },
  {
    again: 'Once more',
    againHint: 'One tap logs it with the time now',
    first: 'Where to begin',
    firstHint: 'No account needed: log one and see',
    perKm: 'per km',
    perTime: 'each time',
    track: (points: string) => `with a track ${points}`,
    all: 'All',
    logged: (words: string, points: string) => `Logged ${words}, ${points} pts pending`,
    loggedZero: (words: string) => `Logged ${words}`,
    undone: 'Undone',
    undoAsked: 'Undo asked for; it takes effect once online',
    notLogged: (reason: string) => `Not logged: ${reason}`,
    change: 'Change it',
    quota: 'The phone’s storage is full: not logged. Free some space and try again.',
    failed: 'Not logged, please try again.',

    streak: (days: number) =>
      days === 0 ? 'Nothing logged today' : `${days} ${days === 1 ? 'day' : 'days'} in a row`,
    streakMore: (days: number) => `More than ${days} days in a row`,
    streakText: (days: number) => `${days} of the last 35 days left a trace`,
    streakNone: 'Log one and the first square fills. Zero grams count too.',
    heatLabel: (days: number) => `Calendar of five weeks: ${days} days with records`,
    zeroDay: '0 g',

    doing: (city: string) => `What ${city} does`,
    fits: (count: number, act: string) =>
      `You logged ${act} ${count} ${count === 1 ? 'time' : 'times'} lately; this is about it.`,
    fitsNone: (act: string) => `You can take part: begin with ${act}.`,
    seeMeasure: 'Read this measure',
    allActions: 'All actions',
    next: 'Next date',
    today: 'today',
    inDays: (days: number) => `in ${days} ${days === 1 ? 'day' : 'days'}`,
    everyYear: 'every year',
    cityFailed: 'The city’s actions are not on this phone yet. Open “City” once online.',

    forkTitle: 'The server’s ledger went back to an earlier state',
    fork: (count: number) =>
      count === 0
        ? 'Yours was put in order by it; no record is missing.'
        : `Yours was put in order by it. ${count} of your records wait to be uploaded again; nothing is lost.`,
    deletedTitle: 'This account was deleted elsewhere',
    deleted: 'A copy is still on this phone; you can export it.',
    export: 'Export',
    diskTitle: 'The phone’s storage is full',
    disk: 'New records may not fit. Free some space; what you logged is safe.',
    signedOutTitle: 'Your session has ended',
    signedOut: 'You can log as usual. It is uploaded once you sign in again.',
    signIn: 'Sign in again',

    cityTitle: 'Where do you live',
    cityText:
      'Your home city’s programme grants the points. For a trip elsewhere, choose its city as you log it.',
    cityChosen: 'Current',
    goalTitle: 'Goal for the month',
    goalText: 'Only for you. Change it any time, or have none.',
    goalLabel: 'Each month',
    goalIdeas: 'For comparison',
    goalIdea: (kg: number, km: number) => `${kg} kg: cycling about ${km} km a day, with a track`,
    goalSave: 'Set this goal',
    goalClear: 'No goal',

    guestCount: (count: number) =>
      count === 0
        ? 'Not signed in: what you log stays on this phone'
        : `Not signed in: ${count} ${count === 1 ? 'record' : 'records'} only on this phone`,
    guestText: 'Sign in to move them to your account, once; only then can points be accounted and spent.',
    guestSignIn: 'Sign in',

    log: 'Log',
    voucher: 'Show voucher',
    ledger: 'Ledger',
    cityActions: 'City',
    family: 'Let family log for me',
    familyTitle: 'Let family log for me',
    familySteps: [
      'One phone keeps the ledgers of several people, each apart.',
      'Your family adds you under “Me” and logs for you; the points are yours.',
      'To sign in, tell the code only to family you trust. Staff never ask for it.',
    ],
    familyOpen: 'Open “Me”',
  },
)
