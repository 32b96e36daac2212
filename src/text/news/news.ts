/** The words of the inbox: what has come, what it is about, and how this phone may tell of it. */
import { defineText } from '../define-text.ts'

export const newsText = defineText(
  {
    title: '消息',
    /** What the bell on home says beside its name. */
    unreadDot: '，有没读的',
    isNew: '新',
    endsSoon: '快到期',
    emptyTitle: '还没有消息',
    emptyText: '复核有结果、反馈有答复、积分或兑换券快到期、本市有预警时，会出现在这里。',
    older: '半年以前的复核、答复和积分变动，在账本里都找得到。',
    toLedger: '看账本',
    topics: {
      review: '复核有结果了',
      appeal: '复核申请有结果了',
      answer: '你的话有答复了',
      pickup: '上门回收有进展',
      corrected: '服务方更正了一条上报',
      voucherReturned: '兑换券的积分退回来了',
      voucherExpired: '兑换券过期了',
      voucherRefunded: '商家退款，积分退回来了',
      dispute: '兑换券的异议有结果了',
      lotExpired: '一批积分到期了',
      drawWon: '抽中了，券已经到手',
      drawLost: '这次没抽中，积分已退回',
      content: '城市内容更新了',
    },
    lotEnds: (points: string, days: number) =>
      days === 0 ? `${points} 分今天到期` : `${points} 分还有 ${days} 天到期`,
    offerBack: '收藏的东西又有了',
    voucherEnds: (days: number) => (days === 0 ? '兑换券今天到期' : `兑换券还有 ${days} 天到期`),
    lastDay: (day: string) => `最后一天是${day}`,
    returnsOn: (day: string) => `积分 ${day}退回`,
    version: (day: string) => `${day}的版本`,
    change: (points: string) => `${points} 分`,
    toCalendar: '加到日历',
    calendarOf: {
      lotEnds: (points: string) => `绿迹 ${points} 分到期`,
      voucherEnds: (what: string) => `兑换券到期：${what}`,
    },
    hint: { none: '没有没读的', some: (count: string) => `${count} 条没读` },
    notices: {
      title: '提醒',
      text: '同步时有了新消息，这部手机可以弹一条提醒。锁屏上只写是哪一类，不写数目和内容。要不要提醒只记在这部手机上，别处不知道。',
      when: '应用开着、退到后台，或浏览器在后台同步时才会知道；浏览器没有叫醒绿迹的话，消息在这里等你打开。',
      turnOn: '打开提醒',
      switch: '有新消息时提醒',
      denied:
        '浏览器不让这个网站弹提醒。要打开：浏览器的网站设置（或系统的通知设置）里找到“通知”，改成允许，再回到这里。',
      dismissed: '没有打开。想要时再点一次。',
      unsupported: '这个浏览器不能弹提醒。消息都在这一页，首页的铃铛上会有一个点。',
      insecure: '这个地址不是 https，浏览器不让弹提醒。',
      ios: 'iPhone 和 iPad 上，先把绿迹添加到主屏幕，从那里打开，才能弹提醒。',
      install: '怎么添加',
      calendar: '会到期的，上面可以加到手机日历，由日历来提醒，什么浏览器都行。',
    },
  },
  {
    title: 'News',
    unreadDot: ', something unread',
    isNew: 'New',
    endsSoon: 'Ending soon',
    emptyTitle: 'No news yet',
    emptyText:
      'Decided reviews, answers to your feedback, points or vouchers about to end, and warnings for your city will appear here.',
    older: 'What is older than half a year is in the ledger.',
    toLedger: 'To the ledger',
    topics: {
      review: 'A review was decided',
      appeal: 'The review you asked for was decided',
      answer: 'Your words were answered',
      pickup: 'Your pick-up has moved on',
      corrected: 'A provider has corrected a report',
      voucherReturned: 'The points of a voucher came back',
      voucherExpired: 'A voucher has expired',
      voucherRefunded: 'A shop has refunded a voucher: its points came back',
      dispute: 'What you said about a voucher was decided',
      lotExpired: 'A batch of points has ended',
      drawWon: 'You were drawn: the voucher is yours',
      drawLost: 'Not drawn this time: the points are back',
      content: 'City content was updated',
    },
    lotEnds: (points: string, days: number) =>
      days === 0
        ? `${points} ${points === '1' ? 'point ends' : 'points end'} today`
        : `${points} ${points === '1' ? 'point ends' : 'points end'} in ${days} ${days === 1 ? 'day' : 'days'}`,
    offerBack: 'There is more of a favourite',
    voucherEnds: (days: number) =>
      days === 0 ? 'A voucher ends today' : `A voucher ends in ${days} ${days === 1 ? 'day' : 'days'}`,
    lastDay: (day: string) => `Last day: ${day}`,
    returnsOn: (day: string) => `Points come back ${day}`,
    version: (day: string) => `Version of ${day}`,
    change: (points: string) => `${points} points`,
    toCalendar: 'Add to calendar',
    calendarOf: {
      lotEnds: (points: string) => `Greentrace: ${points} points end`,
      voucherEnds: (what: string) => `Voucher ends: ${what}`,
    },
    hint: { none: 'Nothing unread', some: (count: string) => `${count} unread` },
    notices: {
      title: 'Notifications',
      text: 'When a sync brings news, this phone can show a notification. On a locked screen it names only the kind, with no amounts or details. Your choice is kept on this phone; nobody else knows.',
      when: 'It knows while the app is open or in the background, or when the browser syncs by itself. Where the browser does not wake it, the news waits for you here.',
      turnOn: 'Turn on notifications',
      switch: 'Notify me of news',
      denied:
        'The browser does not let this site notify. To change that: find “Notifications” in the browser’s site settings (or the system’s), allow them, and come back.',
      dismissed: 'Not turned on. Tap again whenever you like.',
      unsupported: 'This browser cannot notify. All news is on this page, and the bell on home gets a dot.',
      insecure: 'This address is not https, so the browser does not allow notifications.',
      ios: 'On iPhone and iPad, first add Greentrace to the home screen and open it from there.',
      install: 'How to add it',
      calendar:
        'What ends on a day can be put into the phone’s calendar above, which reminds you in any browser.',
    },
  },
)
