/** The words for reading a city's numbers: its first figures, all indicators, the timeline of deadlines, districts and documents. */
import { defineText } from '../../define-text.ts'

export const readingText = defineText(
  {
    today: '今天',
    past: '年份已过',
    noResult: '文件写在这一年之前，没有结果。',
    allGoals: (count: number) => `全部 ${count} 项指标`,
    goalsIntro: '实心是测出来的，空心是还要做到的。',
    restYears: (years: readonly string[], words: string) => `${years.join('、')}年${words}`,
    allFields: '全部',
    nextEvents: '接下来的活动',
    allEvents: '全部活动',
    compareWith: '和别的城市比',
    fieldPage: (name: string) => `看${name}领域的行动`,
    where: '出处',

    wholeTimeline: '看全部时间表',
    nothingComing: '这份文件里的期限都已经过去。',
    yearStart: '文件里的起点',
    yearPast: '年份已过',
    yearComing: (years: number) => (years === 0 ? '今年到期' : `还有 ${years} 年`),
    goals: '指标',
    measures: '行动里的数字',
    steps: '节点',
    dated: (count: number) => `${count} 条`,
    startText: '2020年的数多是编文件时的实测。',
    timelineIntro: '文件里写了年份的都在这里，点一条看来历。',
    more: (count: number) => `还有 ${count} 条`,

    districtTarget: (base: number, year: number) =>
      `到${year}年，每创造一元产值排出的二氧化碳，要比${base}年少这么多。都是目标，文件里没有实测。`,
    district: '区市',
    cut: '要降',
    role: '定位',
    roleNone: '未写',

    documents: '依据的文件',
    restsOn: '这些领域都依据它：',
    noLink: '我们手里没有这份文件的网址，可按标题去市政府网站找。',
    cite: '复制引用',
    citeOf: (about: string) => `复制引用：${about}`,
    cited: '引用已复制，带文件、章节和链接',
  },
  {
    today: 'today',
    past: 'year is past',
    noResult: 'Written before that year, the document has no result.',
    allGoals: (count: number) => (count === 1 ? '1 indicator' : `All ${count} indicators`),
    goalsIntro: 'Filled marks were measured; hollow ones are still to be reached.',
    restYears: (years: readonly string[], words: string) => `${years.join(', ')}: ${words}`,
    allFields: 'All',
    nextEvents: 'Next events',
    allEvents: 'All events',
    compareWith: 'Compare with other cities',
    fieldPage: (name: string) => `Measures in ${name}`,
    where: 'Source',

    wholeTimeline: 'The whole timeline',
    nothingComing: 'All deadlines in this document are past.',
    yearStart: 'starting point',
    yearPast: 'year is past',
    yearComing: (years: number) => {
      if (years === 0) return 'due this year'
      return years === 1 ? '1 year to go' : `${years} years to go`
    },
    goals: 'Indicators',
    measures: 'Figures of measures',
    steps: 'Steps',
    dated: (count: number) => (count === 1 ? '1 entry' : `${count} entries`),
    startText: 'Most figures of 2020 were measured when the document was written.',
    timelineIntro: 'All that has a year in the document; each line leads to its source.',
    more: (count: number) => `${count} more`,

    districtTarget: (base: number, year: number) =>
      `How much less CO₂ each yuan of output is to cause by ${year}, against ${base}. All are targets; the document has no measured figure.`,
    district: 'District',
    cut: 'Cut',
    role: 'Role',
    roleNone: 'not stated',

    documents: 'The document behind this',
    restsOn: 'These fields rest on it:',
    noLink: 'We hold no web address for it; look for the title on the city government’s site.',
    cite: 'Copy citation',
    citeOf: (about: string) => `Copy citation: ${about}`,
    cited: 'Citation copied, with document, section and link',
  },
)
