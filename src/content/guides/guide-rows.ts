/** What the guides hold, as rows of the city's search: each thing with its bin, what each plan says of a wish, each step of a checklist. */
import { CITY_IDS, type CityId } from '../../domain/base/city.ts'
import type { SearchRow } from '../search-rows.ts'
import { binItems, binItemsIn, isSorted } from './bin-guide.ts'
import type { BinItem } from './bin-schema.ts'
import { CHECKLISTS, checklistItems } from './checklists.ts'
import { type Fact, factsAsked, hasSubsidies, subsidyAnswer, WISHES, type Wish } from './subsidy-guide.ts'

/** What people call what they wish for; the first in each language is the title. */
const WISH_WORDS: Readonly<Record<Wish, { readonly zh: readonly string[]; readonly en: readonly string[] }>> =
  {
    car: {
      zh: ['买新能源汽车有没有补贴', '购车补贴', '新能源车补贴', '以旧换新'],
      en: ['Subsidies for an electric car', 'EV subsidy', 'car subsidy'],
    },
    appliance: {
      zh: ['买节能家电有没有补贴', '家电补贴', '节能补贴', '家电以旧换新'],
      en: ['Subsidies for efficient appliances', 'appliance subsidy'],
    },
    label: {
      zh: ['买带低碳标识的东西有没有补贴', '绿色消费补贴', '低碳标识'],
      en: ['Subsidies for labelled products', 'low-carbon label'],
    },
    old: {
      zh: ['处理旧家电、旧手机有没有补贴', '旧家电回收', '旧手机回收'],
      en: ['Money for old appliances and phones', 'trade-in'],
    },
    heating: {
      zh: ['换清洁取暖有没有补贴', '取暖补贴', '煤改气', '煤改电'],
      en: ['Subsidies for clean heating', 'heating subsidy'],
    },
    retrofit: {
      zh: ['给房子做节能改造有没有补贴', '改造补贴', '老旧小区改造'],
      en: ['Subsidies for retrofitting a home', 'insulation grant'],
    },
    meter: { zh: ['暖气按用量交费', '热计量', '热表'], en: ['Pay for heat by use', 'heat meter'] },
    sorting: {
      zh: ['垃圾分类有没有奖', '分类奖励', '垃圾分类积分'],
      en: ['Is sorting waste rewarded?', 'reward for sorting'],
    },
  }

export function guideRows(): SearchRow[] {
  return [...binRows(), ...subsidyRows(), ...checklistRows()]
}

function binRows(): SearchRow[] {
  return binItems.map(binRow)
}

/** As the city that is asked for has it. */
export function binIn(row: SearchRow, city: CityId | undefined): SearchRow {
  const item = city && binItemsIn(city).find(({ id }) => `bin-${id}` === row.id)
  return item && isSorted(item) && item.ofCity ? binRow(item) : row
}

function binRow(item: BinItem): SearchRow {
  return {
    id: `bin-${item.id}`,
    kind: 'bin',
    ...(isSorted(item) ? { bin: item.bin } : {}),
    years: [],
    titleZh: item.nameZh,
    titleEn: item.nameEn,
    names: [...item.alsoZh, ...item.alsoEn],
    bodyZh: isSorted(item) ? (item.noteZh ?? '') : '',
    bodyEn: isSorted(item) ? (item.noteEn ?? '') : '',
    extra: '',
  }
}

function subsidyRows(): SearchRow[] {
  return CITY_IDS.filter(hasSubsidies).flatMap((city) =>
    WISHES.map((wish) => {
      const asked: readonly (Fact | null)[] = factsAsked(city, wish)
      const answers = (asked.length > 0 ? asked : [null]).flatMap(
        (fact) => subsidyAnswer(city, wish, fact) ?? [],
      )
      const { zh, en } = WISH_WORDS[wish]
      return {
        id: `subsidy-${city}-${wish}`,
        kind: 'subsidy' as const,
        city,
        wish,
        years: [],
        titleZh: zh[0] as string,
        titleEn: en[0] as string,
        names: [...zh.slice(1), ...en.slice(1)],
        bodyZh: answers.map(({ textZh }) => textZh).join(''),
        bodyEn: answers.map(({ textEn }) => textEn).join(' '),
        extra: '补贴 subsidy grant',
      }
    }),
  )
}

function checklistRows(): SearchRow[] {
  return CHECKLISTS.flatMap((list) =>
    checklistItems(list).map((item) => ({
      id: `checklist-${item.id}`,
      kind: 'checklist' as const,
      list,
      step: item.id,
      years: [],
      titleZh: item.titleZh,
      titleEn: item.titleEn,
      names: [],
      bodyZh: item.whyZh,
      bodyEn: item.whyEn,
      extra: '清单 checklist',
    })),
  )
}
