/**
 * What leaves the phone, as one list: on which occasion, what, why, for how long, and who sees it. The privacy page is made from it, and a
 * test holds it against the wire field by field: a new field without a line here fails.
 */
import type { Language } from '../language.ts'

type Said = Readonly<Record<'zh' | 'en', string>>

interface LeavingItem {
  readonly what: Said
  /** Members of the wire's schemas that this line speaks of; with a `*`, all below it. */
  readonly fields: readonly string[]
}

interface LeavingGroup {
  readonly key: string
  readonly when: Said
  readonly items: readonly LeavingItem[]
  readonly why: Said
  readonly kept: Said
  readonly who: Said
}

export const inWords = (said: Said, language: Language): string => said[language === 'en' ? 'en' : 'zh']

const item = (zh: string, en: string, ...fields: string[]): LeavingItem => ({ what: { zh, en }, fields })

const WITH_ACCOUNT = {
  zh: '账户在就在；注销时删掉，只剩不带名字的记账',
  en: 'As long as the account; deleted with it, and only nameless bookings remain',
}
const BACKEND_ONLY = { zh: '只有服务器', en: 'The server only' }

export const whatLeaves: readonly LeavingGroup[] = [
  {
    key: 'signIn',
    when: { zh: '登录时；换了城市时', en: 'When signing in; your city also when you move' },
    items: [
      item(
        '手机号和短信里的验证码',
        'Your phone number and the code from the message',
        'code.phone',
        'signIn.phone',
        'signIn.code',
      ),
      item('所在城市', 'Your city', 'signIn.city', 'move.city'),
      item(
        '这部设备的名字（比如 Chrome · Android）和一个随机编号',
        'This device’s name (such as Chrome · Android) and a random id',
        'signIn.deviceName',
        'signIn.deviceId',
      ),
    ],
    why: {
      zh: '认出是你的账户，让你看到哪些设备登录着',
      en: 'To know your account, and to show you which devices are signed in',
    },
    kept: {
      zh: '手机号不存，只存带密钥的摘要；验证码几分钟就作废；设备到退出为止',
      en: 'The number is not kept, only a keyed digest; the code lasts minutes; the device until it is signed out',
    },
    who: {
      zh: '服务器；手机号交给短信网关发一次；设备名只有你自己看得到',
      en: 'The server; the SMS gateway gets the number to send the code; the device’s name is shown to you alone',
    },
  },
  {
    key: 'record',
    when: { zh: '每一条减碳记录', en: 'With each act' },
    items: [
      item(
        '类别、城市、开始和结束时间',
        'Kind, city, start and end',
        'activity.record.code',
        'activity.record.city',
        'activity.record.startedAt',
        'activity.record.endedAt',
      ),
      item('里程、数量或重量', 'Distance, quantity or weight', 'activity.record.quantity.*'),
      item('按站数填的：几站', 'Where you gave stops: how many', 'activity.record.stops'),
      item(
        '有轨迹时：点数、移动时长、最高速度，还有这段和整个文件的校验码',
        'With a track: number of points, time moving, top speed, and a digest of the part and of the whole file',
        'activity.record.evidence.trust',
        'activity.record.evidence.digest',
        'activity.record.evidence.file',
        'activity.record.evidence.points',
        'activity.record.evidence.movingSeconds',
        'activity.record.evidence.maxSpeedMetresPerHour',
      ),
      item(
        '还有这段是怎么动的：来去的范围、快慢匀不匀、起步快不快几个数，和快慢变化的至多 160 个特征值，其中 96 个带着前后隔了多久；没有位置、没有转弯、没有时刻',
        'And how it moved: a few numbers (how far about, how even, how quick to start), and at most 160 hashes of its changes of pace, 96 of them with how long those took; no place, no turn, no time of day',
        'activity.record.evidence.motion.*',
      ),
      item('你自己写的备注', 'The note you wrote', 'activity.record.note'),
    ],
    why: {
      zh: '核算减碳量和积分，同一段路不计两次',
      en: 'To work out the carbon and the points, and to count no trip twice',
    },
    kept: {
      zh: '账户在就在；注销时删掉详情。校验码和记录编号留着，免得同一段路再计一次；特征值比对 400 天，注销时删掉',
      en: 'As long as the account; the details are deleted with it. Digests and record ids stay, so that nothing is counted again; hashes of pace are compared for 400 days and go with the account',
    },
    who: { zh: '服务器；要复核的，操作员也看', en: 'The server; operators too where a review is needed' },
  },
  {
    key: 'change',
    when: { zh: '撤回一条记录，或申请复核时', en: 'Withdrawing an act, or asking for a review' },
    items: [
      item('是哪一条', 'Which one', 'activity.withdraw.activityId', 'activity.appeal.activityId'),
      item('申请复核时写的理由', 'The reason you gave for the review', 'activity.appeal.note'),
      item(
        '申请复核时附的照片（缩小过，拍摄地点和设备信息已去掉），和它的格式、大小、校验码',
        'The photo that goes with the review (made smaller, without place and camera data), with its format, size and digest',
        'activity.appeal.photo.*',
      ),
    ],
    why: { zh: '改正账上的数', en: 'To correct the ledger' },
    kept: WITH_ACCOUNT,
    who: { zh: '服务器；理由和照片由操作员看', en: 'The server; operators look at the reason and the photo' },
  },
  {
    key: 'pickup',
    when: { zh: '预约上门回收，或取消时', en: 'Booking a pick-up, or calling one off' },
    items: [
      item(
        '哪家服务、哪座城市、有什么要收、什么时间',
        'Which service, which city, what there is to collect, and when',
        'pickup.book.provider',
        'pickup.book.city',
        'pickup.book.goods',
        'pickup.book.from',
        'pickup.book.to',
      ),
      item(
        '你写的上门地址、联系方式和说明',
        'The address, the contact and the note that you wrote',
        'pickup.book.address',
        'pickup.book.contact',
        'pickup.book.note',
      ),
      item('取消的是哪一次', 'Which one is called off', 'pickup.cancel.pickupId'),
    ],
    why: { zh: '让人找得到门', en: 'So that they find the door' },
    kept: WITH_ACCOUNT,
    who: { zh: '服务器，和来收的那家服务', en: 'The server, and the service that comes' },
  },
  {
    key: 'planting',
    when: { zh: '报名植树，或取消时', en: 'Signing up for a planting day, or giving the place up' },
    items: [
      item(
        '哪家组织方、哪一天的活动，和你看到的时间',
        'Which organiser, which day, and the times that you saw',
        'planting.join.provider',
        'planting.join.dayId',
        'planting.join.startsAt',
        'planting.join.endsAt',
        'planting.join.cancelBy',
      ),
      item('取消的是哪一次', 'Which one is given up', 'planting.leave.joinId'),
    ],
    why: { zh: '留一个名额', en: 'To keep a place for you' },
    kept: WITH_ACCOUNT,
    who: {
      zh: '服务器；组织方只看到你在它那里的编号和报名号，没有姓名和电话',
      en: 'The server; the organiser sees your handle with it and the number of the sign-up, no name and no phone',
    },
  },
  {
    key: 'consent',
    when: { zh: '关联一项服务，或解除关联时', en: 'Linking a service, or unlinking it' },
    items: [
      item(
        '是哪一项服务、看的是哪天的说明、从什么时候起算',
        'Which service, the terms of which day you read, and from when on',
        'consent.give.scope',
        'consent.give.terms',
        'consent.give.since',
      ),
      item(
        '为这次关联新编的随机编号：服务方只凭它报你的记录，看不到你的手机号和账户',
        'A random id made for this link alone: the provider reports by it, and sees neither your number nor your account',
        'consent.give.handle',
      ),
      item('解除的是哪一次关联', 'Which link is ended', 'consent.withdraw.consentId'),
      item(
        '要关联码时，服务方页面带来的校验值（如果有）',
        'When you ask for a link code: the check value that the page of the service brought, if there is one',
        'linkCode.challenge',
      ),
      item(
        '演示里替示例服务方做的两步：出示的关联码、是哪一次关联',
        'In the demonstration, the two steps of the sample service: the code shown, and which link',
        'demoLink.code',
        'demoAct.consentId',
      ),
    ],
    why: {
      zh: '没有关联的人，服务方报来什么都不收',
      en: 'Of whoever has linked nothing, nothing is taken in',
    },
    kept: WITH_ACCOUNT,
    who: {
      zh: '服务器；服务方只知道那个随机编号',
      en: 'The server; the provider knows that random id alone',
    },
  },
  {
    key: 'helper',
    when: {
      zh: '请人代记、取消代记；替别人记时',
      en: 'Letting somebody log for you, or ending it; logging for somebody else',
    },
    items: [
      item('你怎么称呼代记的人', 'What you call the helper', 'helper.invite.name'),
      item('取消的是哪一位', 'Whom you end it for', 'helper.revoke.helperId', 'path.helperId'),
      item(
        '替别人记：对方给的代记码、这部手机的随机编号',
        'Logging for somebody: the code they gave you, and this phone’s random id',
        'helperJoin.code',
        'helperJoin.deviceId',
      ),
      item('替别人记下的和撤回的', 'What you log for them, and take back', 'helperLog.commands'),
    ],
    why: {
      zh: '记进对方的账本，标明由谁代记；代记的人看不到账本',
      en: 'So that it stands in their ledger, with who logged it; a helper sees nothing of the ledger',
    },
    kept: WITH_ACCOUNT,
    who: {
      zh: '服务器；你替谁记，谁就看到你记的和对你的称呼',
      en: 'The server; whom you log for sees what you logged, by the name they gave you',
    },
  },
  {
    key: 'voucher',
    when: { zh: '兑换、退券、核销时', en: 'Getting, returning or accepting a voucher' },
    items: [
      item('哪一项、哪一版、多少积分', 'Which offer, which version, how many points', 'voucher.redeem.*'),
      item('参加或退出哪次抽取', 'Which draw is entered or left', 'draw.enter.*', 'draw.leave.entryId'),
      item('退的是哪张券', 'Which voucher is returned', 'voucher.cancel.voucherId'),
      item(
        '商家核销时：券上的码和时间',
        'When a shop accepts it: the voucher’s code and the time',
        'voucher.accept.*',
      ),
      item(
        '商家退款时：哪一笔核销和商家写的理由',
        'When a shop refunds: which acceptance, and the shop’s reason',
        'voucher.refund.*',
      ),
      item(
        '提出异议时：哪张券和你写的话',
        'When you dispute its use: which voucher, and your words',
        'voucher.dispute.*',
      ),
    ],
    why: { zh: '扣积分，和商家结算', en: 'To take the points and to settle with the shop' },
    kept: WITH_ACCOUNT,
    who: {
      zh: '服务器；商家只看到券，看不到你的手机号和记录。异议由处理的人看',
      en: 'The server; a shop sees the voucher, neither your number nor your acts. A dispute is read by who decides it',
    },
  },
  {
    key: 'till',
    when: { zh: '这部设备当收银台、店长时', en: 'Where this device is a shop’s till, or its manager’s' },
    items: [
      item(
        '店长给的码，这部设备的随机编号',
        'The code that the manager gave, and this device’s random id',
        'tillJoin.code',
        'tillJoin.deviceId',
      ),
      item(
        '每次请求都签的名，证明是这部设备；钥匙不离开设备',
        'A signature with each request that it is this device; its key never leaves it',
        'header.dpop',
      ),
      item(
        '店长让谁进来、叫什么，移除哪一台',
        'Whom the manager lets in, under which name, and whom they cut off',
        'tillCode.role',
        'tillCode.name',
        'path.tillId',
      ),
    ],
    why: {
      zh: '只有店里的设备能核销，丢了能马上停掉',
      en: 'So that only the shop’s devices accept vouchers, and a lost one is cut off at once',
    },
    kept: { zh: '店铺在就在', en: 'As long as the branch' },
    who: { zh: '服务器和本店的店长', en: 'The server, and the branch’s managers' },
  },
  {
    key: 'quiz',
    when: { zh: '答题时', en: 'With a quiz answer' },
    items: [item('题目的编号和你选的答案', 'The question’s id and the option you chose', 'quiz.answer.*')],
    why: { zh: '答对得积分，每题只算一次', en: 'A right answer earns points, once' },
    kept: WITH_ACCOUNT,
    who: BACKEND_ONLY,
  },
  {
    key: 'checkIn',
    when: { zh: '活动签到时', en: 'Checking in to an event' },
    items: [item('哪一场活动，和你输入的签到码', 'Which event, and the code you typed', 'event.check-in.*')],
    why: { zh: '确认到场，给积分', en: 'To confirm that you came, and grant the points' },
    kept: WITH_ACCOUNT,
    who: BACKEND_ONLY,
  },
  {
    key: 'feedback',
    when: { zh: '给城市提意见时', en: 'Sending feedback to the city' },
    items: [
      item(
        '哪座城市、哪项行动、哪一类',
        'Which city, measure and topic',
        'feedback.send.city',
        'feedback.send.measureId',
        'feedback.send.topic',
      ),
      item('你写的话', 'What you wrote', 'feedback.send.text'),
    ],
    why: { zh: '请城市看到，并答复你', en: 'So that the city reads it and answers' },
    kept: WITH_ACCOUNT,
    who: {
      zh: '服务器和答复的操作员；看不到你的手机号',
      en: 'The server and the operators who answer; they do not see your number',
    },
  },
  {
    key: 'nominate',
    when: { zh: '推荐好案例时', en: 'Nominating a good case' },
    items: [
      item('哪座城市、哪项行动', 'Which city and measure', 'case.nominate.city', 'case.nominate.measureId'),
      item('标题和你写的话', 'The title and what you wrote', 'case.nominate.title', 'case.nominate.text'),
      item(
        '你选的那张照片（缩小过，拍摄地点和设备信息已去掉），和它的格式、大小、校验码',
        'The photo you chose (made smaller, without place and camera data), with its format, size and digest',
        'case.nominate.photo.*',
        'photo.bytes',
      ),
    ],
    why: { zh: '请城市看到这个案例', en: 'So that the city sees the case' },
    kept: WITH_ACCOUNT,
    who: { zh: '服务器和看案例的操作员', en: 'The server and the operators who look at cases' },
  },
  {
    key: 'every',
    when: { zh: '上面每一样都带着', en: 'With each of these' },
    items: [
      item(
        '一个随机编号、是哪一种、点下去的时间',
        'A random id, which kind it is, and when you tapped',
        'command.id',
        'command.kind',
        'command.at',
      ),
      item(
        '手机时钟的读数：上次对表、页面开了多久',
        'Readings of the phone’s clock: when it was last compared, how long the page was open',
        'command.clock.*',
      ),
    ],
    why: {
      zh: '同一件事不记两次；手机的表不准也能算对时间',
      en: 'So that nothing is counted twice, and times are right on a wrong clock',
    },
    kept: WITH_ACCOUNT,
    who: BACKEND_ONLY,
  },
  {
    key: 'sync',
    when: { zh: '每次同步', en: 'With each sync' },
    items: [
      item(
        '账户的编号，登录时得到的两把钥匙',
        'The account’s id, and the two keys received at sign-in',
        'sync.accountId',
        'header.cookie',
        'header.greentrace-secret',
      ),
      item('账本到了第几条，和那一条的校验码', 'How far your ledger is, and its seal', 'sync.cursor.*'),
      item(
        '消息看到了账本的第几条，好让你别的手机也知道',
        'Up to which record you have read the news, so that your other phones know as well',
        'sync.seen',
      ),
      item(
        '手机此刻的时间、页面开了多久，用来对表；应用懂的格式',
        'The phone’s time and how long the page was open, to compare clocks; the format the app understands',
        'sync.sentAt',
        'sync.clock.*',
        'sync.wire',
        'signIn.wire',
        'tail.wire',
        'helperCode.wire',
        'helperJoin.wire',
        'tillJoin.wire',
        'tillCode.wire',
        'helperLog.wire',
        'helperLog.sentAt',
        'helperLog.clock.*',
      ),
      item(
        '还没上传的，就是上面这些；其中哪些是登录前记的',
        'What was not uploaded yet: all of the above, and which of it is from before you signed in',
        'sync.commands',
        'sync.fromGuest',
      ),
      item(
        '服务器从备份恢复后：它缺的那几条和它自己的公钥，按原样再交一次',
        'After the server was restored from a backup: the records and its own public keys that it lacks, once more as they were',
        'tail.after.*',
        'tail.records.*',
        'tail.head',
        'tail.keys.*',
        'keys.keys.*',
      ),
    ],
    why: { zh: '让手机和服务器的账一致', en: 'So that phone and server hold the same ledger' },
    kept: {
      zh: '钥匙到退出为止，服务器只存摘要；消息看到第几条，账户在就在；其余不另外存',
      en: 'The keys until you sign out, on the server as digests; how far the news was read as long as the account; the rest is not kept separately',
    },
    who: BACKEND_ONLY,
  },
  {
    key: 'devices',
    when: { zh: '让别的设备退出、注销账户时', en: 'Signing out another device, or deleting the account' },
    items: [
      item(
        '那部设备的随机编号，账户的编号',
        'That device’s random id, the account’s id',
        'path.deviceId',
        'path.accountId',
      ),
    ],
    why: { zh: '照你说的做', en: 'To do as you asked' },
    kept: { zh: '不另外存', en: 'Not kept separately' },
    who: BACKEND_ONLY,
  },
  {
    key: 'reading',
    when: {
      zh: '看城市、活动、站点、预警和兑换时（不登录也有）',
      en: 'Reading cities, events, stations, warnings and offers (also without signing in)',
    },
    items: [
      item('看的是哪座城市', 'Which city you look at', 'path.city'),
      item('看了哪些兑换的图片', 'Which pictures of offers you see', 'path.pictureDigest'),
      item('和打开任何网页一样：网络地址', 'As with any web page: your network address', 'request.address'),
    ],
    why: { zh: '取来最新的内容，防止有人大量重复请求', en: 'To fetch what is new, and to stop abuse' },
    kept: {
      zh: '城市和图片不存；网络地址只为限制请求次数，留一个小时左右',
      en: 'City and pictures are not kept; the address for about an hour, to stop abuse',
    },
    who: BACKEND_ONLY,
  },
]
