/** Why an assessment is what it is: one plain sentence for each code, from its numbers. A code without a sentence does not compile. */

import type { AssessmentCode } from '../../domain/base/reason.ts'
import type { QuantityUnit } from '../../domain/evidence/activity.ts'
import { defineText } from '../define-text.ts'
import { formatGrams, formatNumber, formatPerMille, formatPoints } from '../format.ts'
import { formatTime } from '../format-date.ts'
import type { Language } from '../language.ts'

/** `unit` is that of the claimed quantity; only the caps on quantities need it. */
type ReasonSentence = (numbers?: Readonly<Record<string, number>>, unit?: QuantityUnit) => string
type Sentences = Readonly<Record<AssessmentCode, ReasonSentence>>

const gap = '\u00a0'

/** Exact to the metre: "at most 60 km, you entered 60 km" would explain nothing. */
function distance(metres = 0, language: Language): string {
  if (metres < 1000) return `${formatNumber(metres, language)}${gap}m`
  return `${formatNumber(metres / 1000, language, 3)}${gap}km`
}

/** One decimal, or as many as it takes to tell the two apart. */
function speeds(
  { given = 0, limit = 0 }: Readonly<Record<string, number>>,
  language: Language,
): { given: string; limit: string } {
  const written = (value: number, most: number) => `${formatNumber(value / 1000, language, most)}${gap}km/h`
  const most = written(given, 1) === written(limit, 1) ? 3 : 1
  return { given: written(given, most), limit: written(limit, most) }
}

function grams(value = 0, language: Language): string {
  return formatGrams(value, language)
}

function share(perMille = 0, language: Language): string {
  return formatPerMille(perMille, language)
}

/** Of the trip that stands. */
function timesOf({ startedAt = 0, endedAt }: Readonly<Record<string, number>>, language: Language): string {
  return [startedAt, endedAt].flatMap((at) => (at === undefined ? [] : [formatTime(at, language)])).join('–')
}

function points(value = 0, language: Language): string {
  return formatPoints(value, language)
}

function amount(value = 0, unit: QuantityUnit, language: Language): string {
  switch (unit) {
    case 'metre':
      return distance(value, language)
    case 'watt_hour':
      return `${formatNumber(value / 1000, language, 3)}${gap}kWh`
    case 'gram':
      return `${formatNumber(value / 1000, language, 3)}${gap}kg`
    case 'count':
      return language === 'en' ? `${value}` : `${value}${gap}次`
  }
}

/** 1,440 minutes are easier to grasp as a day. */
function ahead(minutes = 0, language: Language): string {
  const [size, zh, en] =
    minutes < 120
      ? ([1, '分钟', 'min'] as const)
      : minutes < 2880
        ? ([60, '小时', 'h'] as const)
        : ([1440, '天', 'days'] as const)
  return `${formatNumber(minutes / size, language, 0)}${gap}${language === 'en' ? en : zh}`
}

const zh: Sentences = {
  ride_distance_cap: (n) =>
    `单次最多计 ${distance(n?.limit, 'zh-CN')}，你填了 ${distance(n?.given, 'zh-CN')}`,
  day_quantity_cap: (n, unit = 'metre') => {
    const limit = `每天最多计 ${amount(n?.limit, unit, 'zh-CN')}`
    if (n?.days) return `${limit}，这 ${n.days} 天共 ${amount((n.limit ?? 0) * n.days, unit, 'zh-CN')}`
    return `${limit}，当天已计 ${amount(n?.used, unit, 'zh-CN')}`
  },
  day_count_cap: (n) => `每天最多计 ${n?.limit ?? 0} 次，当天已计 ${n?.used ?? 0} 次`,
  week_count_cap: (n) => `每周最多计 ${n?.limit ?? 0} 次，这周已计 ${n?.used ?? 0} 次`,
  month_quantity_cap: (n, unit = 'metre') =>
    `每月最多计 ${amount(n?.limit, unit, 'zh-CN')}，当月已计 ${amount(n?.used, unit, 'zh-CN')}`,
  manual_day_cap: (n) =>
    `没有轨迹的记录每天最多计 ${grams(n?.limit, 'zh-CN')}，当天已计 ${grams(n?.used, 'zh-CN')}`,
  manual_month_cap: (n) =>
    `没有轨迹的记录每月最多计 ${grams(n?.limit, 'zh-CN')}，当月已计 ${grams(n?.used, 'zh-CN')}`,
  import_day_cap: (n) =>
    `导入的轨迹每天最多计 ${grams(n?.limit, 'zh-CN')}，当天已计 ${grams(n?.used, 'zh-CN')}`,
  device_day_cap: (n) =>
    `只有手机作证的轨迹每天合计最多计 ${grams(n?.limit, 'zh-CN')}，当天已计 ${grams(n?.used, 'zh-CN')}`,
  open_day_cap: (n) =>
    `不是服务方上报的记录，每天合计最多计 ${grams(n?.limit, 'zh-CN')}，当天已计 ${grams(n?.used, 'zh-CN')}`,
  week_reward_cap: (n) =>
    `减碳量照计。每周最多得 ${points(n?.limit, 'zh-CN')} 分，这周已得 ${points(n?.used, 'zh-CN')} 分`,
  year_reward_cap: (n) =>
    `减碳量照计。每年最多得 ${points(n?.limit, 'zh-CN')} 分，今年已得 ${points(n?.used, 'zh-CN')} 分`,
  open_week_cap: (n) =>
    `减碳量照计。不是服务方上报的，七天内入账最多 ${points(n?.limit, 'zh-CN')} 分，补记也按入账那天算；这七天已得 ${points(n?.used, 'zh-CN')} 分`,
  first_week_cap: (n) =>
    `减碳量照计。不是服务方上报的，开户后前七天最多得 ${points(n?.limit, 'zh-CN')} 分，已得 ${points(n?.used, 'zh-CN')} 分`,
  mode_unproven: (n) =>
    `轨迹看得出人在动，看不出坐的是什么车：没有服务方上报，按自己填的算 ${share(n?.share, 'zh-CN')}。关联这项服务，就按全额计`,
  unknown_activity: () => '当前的方法学里没有这一项',
  unit_mismatch: () => '填的单位和这一项对不上',
  quantity_missing: () => '没有填数量，这一项没有默认值',
  invalid_times: () => '时间填得不对：请看看开始和结束',
  too_short: (n) => `至少 ${distance(n?.limit, 'zh-CN')} 才计，这次是 ${distance(n?.given, 'zh-CN')}`,
  too_fast: (n = {}) => {
    const { given, limit } = speeds(n, 'zh-CN')
    return `速度 ${given}，超过这一项的上限 ${limit}`
  },
  too_slow: (n = {}) => {
    const { given, limit } = speeds(n, 'zh-CN')
    return `速度 ${given}，低于这一项的下限 ${limit}`
  },
  overlap: (n) =>
    `${n?.startedAt === undefined ? '这段时间' : timesOf(n, 'zh-CN')}已经有一次出行，一个人不会同时走两趟`,
  implausible: (n, unit = 'metre') =>
    `这一项一次最多认 ${amount(n?.limit, unit, 'zh-CN')}，这次是 ${amount(n?.given, unit, 'zh-CN')}，所以不计`,
  end_missing: (n) =>
    `没有用时，这一项一次最多认 ${distance(n?.limit, 'zh-CN')}，这次是 ${distance(n?.given, 'zh-CN')}。请填上用时`,
  track_incomplete: () => '这个文件缺结束时间、里程、行进时间或者轨迹点，看不出走过这一趟',
  track_mismatch: () => '轨迹的时间、点数和速度彼此对不上，不像是同一趟',
  too_old: (n) => `只能补记 ${n?.limit ?? 0} 天以内的，这次是 ${n?.given ?? 0} 天前`,
  in_future: (n) => `时间还没到：比现在晚 ${ahead(n?.given, 'zh-CN')}`,
  provider_only: () => '这一项只认服务方上报的记录',
  trust_not_taken: () => '这种实时轨迹还不能作凭证，请导入轨迹文件，或者不带轨迹自己填',
  not_in_city: () => '这座城市没有这一项',
  recorded_elsewhere: () => '这条记录从备份恢复，已经记在另一个账户里，只能算一次',
  duplicate_track: () => '这条轨迹已经计过一次',
  track_replayed: (n) =>
    n?.days === undefined
      ? '这条轨迹里同一段出现了不止一次，像是把同一趟接了几遍。确实走了几趟的，请申请复核，说说经过'
      : `这条轨迹的快慢和停顿，与${n.days > 0 ? `相隔 ${formatNumber(n.days, 'zh-CN', 0)}${gap}天的` : '同一天的'}另一条几乎一模一样，像是同一趟改了时间或形状。确实又走了一趟的，请申请复核，说说这一趟`,
  nothing_moved: (n) =>
    n?.hops === undefined
      ? `整条轨迹都在约 ${distance(n?.reach, 'zh-CN')} 之内，和定位自己的飘动分不开，看不出人走开过。确实走了的，请申请复核，或者不带轨迹自己填`
      : `这条轨迹停着不动，再一下跳到别处，路程的 ${share(n.hops, 'zh-CN')} 是这样跳出来的，像是信号在跳。确实走了的，请申请复核，或者不带轨迹自己填`,
  vehicle_motion: (n) =>
    `有 ${n?.given ?? 0} 次在十来秒里从停下加速到 30${gap}km/h 以上，超过 ${n?.limit ?? 0} 次，像是坐车。坐的是公交或别的车，请改选那一项；确实是骑车，请申请复核`,
  report_withdrawn: () => '服务方撤回了这次上报，不再计入。有疑问请申请复核',
  merged: () => '同一趟已有更可靠的凭证，并入那一条，只计一次',
  clock_implausible: (n) => `手机时间和服务器差 ${ahead(n?.given, 'zh-CN')}，需要人工看一下`,
  appealed: () => '你申请了复核，等人工看过',
  shared_device: (n) =>
    `这部手机上有 ${n?.accounts ?? 0} 个账户在记，超过 ${n?.limit ?? 0} 个，需要人工看一下`,
  speed_uniform: () =>
    '这条轨迹的快慢比人走、人骑都匀，或者没有定位该有的样子，像是算出来的，需要人工看一下。可以申请复核，说说是用什么记的',
  places_rounded: () =>
    '这条轨迹的位置都落在约 10 米一格的整数上，接收机不会这样记，需要人工看一下。可以申请复核，说说是用什么记的',
  device_burst: (n) =>
    `这部手机一天里交来 ${n?.acts ?? 0} 条轨迹，超过 ${n?.limit ?? 0} 条，需要人工看一下。攒了几天才导入的，请在复核里说一声`,
  report_late: (n) =>
    `服务方在 ${n?.given ?? 0} 天后才上报，超过 ${n?.limit ?? 0} 天，需要人工看一下；不用你做什么`,
  default_distance: (n) => `没有填距离，按 ${distance(n?.value, 'zh-CN')} 计`,
  zero_by_rule: () => '按规则计 0 克：如实记下，也算一次坚持',
  rights_missing: () => '积分照给；服务方还没有声明谁有权主张这些减碳量，所以不能变成碳信用',
}

const en: Sentences = {
  ride_distance_cap: (n) =>
    `One trip counts up to ${distance(n?.limit, 'en')}; you entered ${distance(n?.given, 'en')}`,
  day_quantity_cap: (n, unit = 'metre') => {
    const limit = `No more than ${amount(n?.limit, unit, 'en')} a day counts`
    if (n?.days) return `${limit}: ${amount((n.limit ?? 0) * n.days, unit, 'en')} for these ${n.days} days`
    return `${limit}; that day already had ${amount(n?.used, unit, 'en')}`
  },
  day_count_cap: (n) => `At most ${n?.limit ?? 0} a day count; that day already had ${n?.used ?? 0}`,
  week_count_cap: (n) => `At most ${n?.limit ?? 0} a week count; that week already had ${n?.used ?? 0}`,
  month_quantity_cap: (n, unit = 'metre') =>
    `At most ${amount(n?.limit, unit, 'en')} a month counts; that month already had ${amount(n?.used, unit, 'en')}`,
  manual_day_cap: (n) =>
    `Records without a track count up to ${grams(n?.limit, 'en')} a day; that day already had ${grams(n?.used, 'en')}`,
  manual_month_cap: (n) =>
    `Records without a track count up to ${grams(n?.limit, 'en')} a month; that month already had ${grams(n?.used, 'en')}`,
  import_day_cap: (n) =>
    `Imported tracks count up to ${grams(n?.limit, 'en')} a day; that day already had ${grams(n?.used, 'en')}`,
  device_day_cap: (n) =>
    `Tracks that only the phone vouches for count up to ${grams(n?.limit, 'en')} a day; that day already had ${grams(n?.used, 'en')}`,
  open_day_cap: (n) =>
    `All that is not reported by a provider counts up to ${grams(n?.limit, 'en')} a day; that day already had ${grams(n?.used, 'en')}`,
  week_reward_cap: (n) =>
    `The grams count in full. Points stop at ${points(n?.limit, 'en')} a week; that week already had ${points(n?.used, 'en')}`,
  year_reward_cap: (n) =>
    `The grams count in full. Points stop at ${points(n?.limit, 'en')} a year; that year already had ${points(n?.used, 'en')}`,
  open_week_cap: (n) =>
    `The grams count in full. What no provider reports brings up to ${points(n?.limit, 'en')} points in any seven days, by the day of posting; these seven days already had ${points(n?.used, 'en')}`,
  first_week_cap: (n) =>
    `The grams count in full. What no provider reports brings up to ${points(n?.limit, 'en')} points in an account’s first seven days; there were ${points(n?.used, 'en')} already`,
  mode_unproven: (n) =>
    `A track shows motion, not the vehicle: without a report of its provider, ${share(n?.share, 'en')} counts, as if entered by hand. Link the service and all of it counts`,
  unknown_activity: () => 'The current methodologies do not have this',
  unit_mismatch: () => 'The unit does not fit this kind',
  quantity_missing: () => 'No quantity was given, and this kind has no default',
  invalid_times: () => 'The times cannot be right: please look at start and end',
  too_short: (n) => `It counts from ${distance(n?.limit, 'en')}; this was ${distance(n?.given, 'en')}`,
  too_fast: (n = {}) => {
    const { given, limit } = speeds(n, 'en')
    return `${given} is faster than this kind allows (${limit})`
  },
  too_slow: (n = {}) => {
    const { given, limit } = speeds(n, 'en')
    return `${given} is slower than this kind allows (${limit})`
  },
  overlap: (n) =>
    `Another trip is logged at that time${n?.startedAt === undefined ? '' : ` (${timesOf(n, 'en')})`}; nobody makes two at once`,
  implausible: (n, unit = 'metre') =>
    `Up to ${amount(n?.limit, unit, 'en')} at once is plausible; this was ${amount(n?.given, unit, 'en')}, so it does not count`,
  end_missing: (n) =>
    `Without the time taken, up to ${distance(n?.limit, 'en')} is believed; this was ${distance(n?.given, 'en')}. Please enter how long it took`,
  track_incomplete: () =>
    'This file lacks an end time, distance, moving time or points: it does not show a trip',
  track_mismatch: () => 'The track’s times, points and speeds do not fit each other: this is not one trip',
  too_old: (n) => `Only the last ${n?.limit ?? 0} days can be added; this was ${n?.given ?? 0} days ago`,
  in_future: (n) => `This has not happened yet: it is ${ahead(n?.given, 'en')} ahead`,
  provider_only: () => 'Only a provider’s report counts for this kind',
  trust_not_taken: () => 'Live tracks are no evidence yet: import a track file, or log it without a track',
  not_in_city: () => 'This city does not have it',
  recorded_elsewhere: () => 'This record came from a backup and already counts in another account',
  duplicate_track: () => 'This track was counted before',
  track_replayed: (n) =>
    n?.days === undefined
      ? 'The same stretch comes up in this track more than once, as if copies of one trip had been joined. If you did go several times, ask for a review and tell us about it'
      : `Its speeds and stops are almost exactly those of another track${n.days > 0 ? `, ${formatNumber(n.days, 'en', 0)} ${n.days === 1 ? 'day' : 'days'} apart` : ' of the same day'}: it looks like one trip with other times or another shape. If you did make this trip, ask for a review and tell us about it`,
  nothing_moved: (n) =>
    n?.hops === undefined
      ? `All of the track lies within about ${distance(n?.reach, 'en')}, which cannot be told from a receiver’s own drift: it does not show that anybody went anywhere. If you did, ask for a review, or log it without a track`
      : `The track stands still and then leaps elsewhere: ${share(n.hops, 'en')} of its way is made of such leaps, as when a signal jumps. If you did go, ask for a review, or log it without a track`,
  vehicle_motion: (n) =>
    `${n?.given ?? 0} times it went from a stop to above 30${gap}km/h within seconds, more than ${n?.limit ?? 0}, as a vehicle does. If it was a bus or a car, choose that; if you did cycle, ask for a review`,
  report_withdrawn: () =>
    'The provider took this report back, so it counts no more. If you doubt that, ask for a review',
  merged: () => 'Better evidence of the same trip is there: the two are one, and it counts once',
  clock_implausible: (n) =>
    `The phone’s clock and the server’s are ${ahead(n?.given, 'en')} apart: a person will look at it`,
  appealed: () => 'You asked for another look: a person will decide',
  shared_device: (n) =>
    `${n?.accounts ?? 0} accounts record on this phone, more than ${n?.limit ?? 0}: a person will look at it`,
  speed_uniform: () =>
    'Its pace is steadier than people walk or ride, or lacks what a receiver leaves: it looks computed, and a person will look at it. You can ask for a review and say what recorded it',
  places_rounded: () =>
    'Its places all lie on a grid of about 10 metres, which no receiver records: a person will look at it. You can ask for a review and say what recorded it',
  device_burst: (n) =>
    `This phone handed in ${n?.acts ?? 0} tracks in one day, more than ${n?.limit ?? 0}: a person will look at it. If you imported several days at once, say so when you ask for a review`,
  report_late: (n) =>
    `The provider reported this ${n?.given ?? 0} days afterwards, later than ${n?.limit ?? 0}: a person will look at it. There is nothing you need to do`,
  default_distance: (n) => `No distance was given: we count ${distance(n?.value, 'en')}`,
  zero_by_rule: () => 'Zero grams by rule: recorded as it is, and it keeps your streak',
  rights_missing: () =>
    'Points are paid; the provider has not declared who may claim these grams, so they can never become credits',
}

export const assessmentReasonText = defineText<Sentences>(zh, en)
