/** The exchange in words: each phase with what it means, each fault of a page, each waiting command, and what a report contains. */
import type { PageFault } from '../../sync/check-page.ts'
import type { SyncStatus } from '../../sync/status.ts'
import { defineText } from '../define-text.ts'

type Phase = SyncStatus['phase'] | 'guest'
interface Words {
  readonly title: string
  readonly text: string
}
type Complete<Key extends string, Value> = { readonly [K in Key]: Value }

const phasesZh = {
  guest: { title: '只在这部手机上', text: '还没有登录，记录不会上传。登录后会并入账户，换手机也不丢。' },
  idle: { title: '已同步', text: '这部手机和账户里的记录一致。' },
  syncing: { title: '正在同步', text: '可以继续用，不用等。' },
  offline: { title: '离线', text: '照常记就行，联网后会自动同步。' },
  waiting: { title: '稍后再试', text: '记录都在手机上，过一会儿会自动再试。' },
  signed_out: { title: '登录已过期', text: '手机上的记录都在。重新登录后接着同步。' },
  deleted: {
    title: '账户已在别处注销',
    text: '服务器不再有这个账户。手机上的这份还留着：可以导出保存，再从手机上移除。',
  },
  disk_full: {
    title: '手机空间不够了',
    text: '新的内容存不下。腾出一些空间后再试，已有的记录都在。',
  },
  faulty: {
    title: '收到的账目对不上',
    text: '服务器发来的内容和这部手机已有的账对不上，所以一条也没有写入。你的记录和还没上传的都没动。',
  },
} as const satisfies Complete<Phase, Words>

const faultsZh = {
  gap: '中间缺了序号。',
  hash: '有一条和它前面的接不上，可能被改过。',
  detail: '有一条的详情和校验码对不上。',
  signature: '账上的签名不是这部手机信任的密钥签的。',
  head: '签名的内容和最后一条记录对不上。',
  record: '有一条记录，这个应用不认得。',
  account: '里面有别的账户的记录。',
  balance: '按记录算出的余额和服务器说的不一样。',
  fold: '照着记下去，余额会变成负数，账不可能这样。',
} as const satisfies Complete<PageFault, string>

export const syncText = defineText(
  {
    title: '同步与诊断',
    phases: phasesZh,
    /** idle with something still waiting. */
    queued: { title: '有记录还没上传', text: '网络可用时会自动上传。' },
    /** More waits than an account takes in a day, or the day is full. */
    dayLimit: {
      title: '今天的份额满了',
      text: '一个账户一天最多收 10,000 条，长的算几条。其余的留在手机上，明天自动接着送，一条也不会少。',
    },
    dayLimitAhead: '还没上传的记录超过一天能收的 10,000 条：今天先送这么多，其余的明天自动接着送。',
    now: '现在同步',
    again: '再试一次',
    /** What came of 现在同步. */
    came: {
      nothing: '刚刚同步过，没有新的。',
      both: (sent: string, fetched: string) => `刚刚同步好：上传 ${sent} 条，收到 ${fetched} 条记录。`,
      left: (count: string) => `还有 ${count} 条没传上去，会自动接着传。`,
    },
    signIn: '登录',
    export: '导出这份账本',
    sendingMany: '上传记录',
    receivingMany: '取回记录',
    restoring: '首次取回账本，完成前不显示余额',
    faultTitle: '哪里对不上',
    faults: faultsZh,
    faultDo: '请先导出一份，再把下面的诊断信息发给项目维护者。',
    facts: '这部手机的账',
    lastSynced: '上次同步',
    never: '还没有过',
    cursor: '已存到第几条',
    cursorOf: (seq: string) => `第 ${seq} 条`,
    waitingCount: '还没上传的记录',
    clock: '手机时间',
    clockOk: '准',
    clockFast: (time: string) => `快了 ${time}，已按服务器时间更正`,
    clockSlow: (time: string) => `慢了 ${time}，已按服务器时间更正`,
    clockHint: '在系统设置里打开“自动设置时间”，记录的时间就准了。',
    outbox: '等着上传的',
    outboxNone: '没有等着上传的记录。',
    more: (count: string) => `还有 ${count} 条，按记下的先后上传`,
    states: {
      queued: '等着上传',
      sent: '发过，还没收到回执',
      answered: '已收到回执，等记录存下',
      waiting: '服务器还没认出这张券，会自动再试',
      deferred: '服务器读不懂，先放着，不影响别的',
    },
    deferredWhy: {
      unknown_command: '服务器还不认识这一种，等服务器升级后再试。',
      too_large: '这一条太大了。',
      internal: '这一条让服务器出了错。',
      malformed: '这一条的写法服务器看不懂。',
    },
    retryDeferred: '重新发送',
    forkTitle: '服务器恢复过旧数据',
    fork: (what: string, when: string) => `${when}，服务器的账目退回到了较早的时候。${what}`,
    diagnostics: '诊断信息',
    diagnosticsText: '只有版本、状态和计数，没有手机号、路线或任何一条记录。',
    look: '看看里面有什么',
    copy: '复制诊断信息',
    copied: '诊断信息已复制',
    copyFailed: '浏览器不让复制，请长按下面的文字选中。',
  },
  {
    title: 'Sync and diagnostics',
    phases: {
      guest: {
        title: 'Only on this phone',
        text: 'Not signed in, so nothing is uploaded. Once you sign in, records join your account and survive a change of phone.',
      },
      idle: { title: 'In sync', text: 'This phone and your account hold the same records.' },
      syncing: { title: 'Syncing', text: 'Go on using the app; no need to wait.' },
      offline: { title: 'Offline', text: 'Log as usual. It syncs by itself once online.' },
      waiting: {
        title: 'Trying again later',
        text: 'Everything is on your phone and is tried again by itself.',
      },
      signed_out: {
        title: 'No longer signed in',
        text: 'The records on this phone are safe. Sign in again and syncing goes on.',
      },
      deleted: {
        title: 'The account was deleted elsewhere',
        text: 'The server no longer has this account. The copy on this phone is kept: export it, then remove it from the phone.',
      },
      disk_full: {
        title: 'The phone is out of space',
        text: 'Nothing new can be stored. Free some space and try again; the records you have are safe.',
      },
      faulty: {
        title: 'What came does not add up',
        text: 'What the server sent does not fit the ledger on this phone, so none of it was written. Your records and what is waiting are untouched.',
      },
    },
    queued: { title: 'Not all uploaded yet', text: 'It uploads by itself when there is a network.' },
    dayLimit: {
      title: 'Full for today',
      text: 'An account takes 10,000 entries a day; long ones count as several. The rest stays on the phone and goes on by itself tomorrow; nothing is lost.',
    },
    dayLimitAhead:
      'More is waiting than the 10,000 that an account takes in a day: that many go today, the rest by itself tomorrow.',
    now: 'Sync now',
    again: 'Try again',
    came: {
      nothing: 'Synced just now; there was nothing new.',
      both: (sent: string, fetched: string) => `Synced just now: ${sent} sent, ${fetched} new in the ledger.`,
      left: (count: string) => `${count} could not be sent yet; they go on by themselves.`,
    },
    signIn: 'Sign in',
    export: 'Export this ledger',
    sendingMany: 'Uploading records',
    receivingMany: 'Fetching records',
    restoring: 'Fetching the ledger for the first time; no balance is shown until it is complete',
    faultTitle: 'What does not add up',
    faults: {
      gap: 'A number is missing in between.',
      hash: 'A record does not follow from the one before it; it may have been changed.',
      detail: 'The detail of a record does not match its seal.',
      signature: 'The head was not signed by a key that this phone trusts.',
      head: 'The head does not belong to the last record.',
      record: 'One of them is not a record that this app can read.',
      account: 'It holds records of another account.',
      balance: 'The records add up to a different balance from the one the server states.',
      fold: 'Following the records, a balance would go below zero. No ledger can do that.',
    },
    faultDo: 'Export a copy first, then send the diagnostics below to the project’s maintainers.',
    facts: 'The ledger on this phone',
    lastSynced: 'Last synced',
    never: 'Not yet',
    cursor: 'Stored up to',
    cursorOf: (seq: string) => `No. ${seq}`,
    waitingCount: 'Waiting',
    clock: 'Phone’s clock',
    clockOk: 'Right',
    clockFast: (time: string) => `${time} fast; corrected by the server’s clock`,
    clockSlow: (time: string) => `${time} slow; corrected by the server’s clock`,
    clockHint: 'Switch on automatic time in the system settings and your records get the right time.',
    outbox: 'Waiting to be uploaded',
    outboxNone: 'Nothing is waiting.',
    more: (count: string) => `${count} more, in the order they were logged`,
    states: {
      queued: 'Waiting',
      sent: 'Sent, no receipt yet',
      answered: 'Receipt here, record to follow',
      waiting: 'The server does not know this voucher yet; tried again by itself',
      deferred: 'The server cannot read it; set aside, blocks nothing',
    },
    deferredWhy: {
      unknown_command: 'This server does not know such a command yet. Try again after its upgrade.',
      too_large: 'This one is too large.',
      internal: 'This one made the server fail.',
      malformed: 'The server does not understand how this one is written.',
    },
    retryDeferred: 'Send again',
    forkTitle: 'The server was restored from older data',
    fork: (what: string, when: string) =>
      `${when}: the server’s ledger went back to an earlier state. ${what}`,
    diagnostics: 'Diagnostics',
    diagnosticsText: 'Only versions, states and counts: no phone number, no route, none of your records.',
    look: 'See what is in it',
    copy: 'Copy the diagnostics',
    copied: 'Diagnostics copied',
    copyFailed: 'The browser does not allow copying. Press and hold the text below to select it.',
  },
)
