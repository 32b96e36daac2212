/** What the exercises say, in both languages. Advice in our own words; one step a line. */
import type { AlertInfo, AlertLanguage, Hazard } from '../../src/domain/taking-part/alert.ts'

interface HazardWords {
  readonly event: string
  readonly responseType: AlertInfo['responseType']
  readonly description: string
  readonly instruction: string
  readonly over: string
  readonly overInstruction: string
}

const over = {
  'zh-CN': { over: '演练内容：这条预警不再有效。', overInstruction: '可以恢复平常的安排。' },
  'en-US': {
    over: 'Exercise: this warning no longer holds.',
    overInstruction: 'You can go back to your usual plans.',
  },
}

const steps = (...lines: string[]) => lines.join('\n')

export const HAZARD_WORDS: Readonly<Record<Hazard, Readonly<Record<AlertLanguage, HazardWords>>>> = {
  cold: {
    'zh-CN': {
      event: '寒潮',
      responseType: ['Prepare'],
      description: '演练内容：假设一天之内气温下降 8 度以上，夜里结冰，伴有大风。',
      instruction: steps(
        '出门添衣，护住头、手和脚。',
        '用炉子取暖要开一道窗缝，防一氧化碳中毒。',
        '包好外露的水管，收好阳台上的东西。',
        '路面结冰就少骑车，改乘公交。',
      ),
      ...over['zh-CN'],
    },
    'en-US': {
      event: 'cold wave',
      responseType: ['Prepare'],
      description:
        'Exercise: suppose it gets more than 8 degrees colder within a day, with wind and frost at night.',
      instruction: steps(
        'Dress warmly; cover head, hands and feet.',
        'With a stove, keep a window ajar: carbon monoxide kills.',
        'Wrap water pipes, bring in what stands on the balcony.',
        'On icy roads take the bus rather than the bicycle.',
      ),
      ...over['en-US'],
    },
  },
  heat: {
    'zh-CN': {
      event: '高温',
      responseType: ['Avoid'],
      description: '演练内容：假设白天最高气温升到 37 度以上。',
      instruction: steps(
        '上午十一点到下午四点尽量不在户外久留。',
        '多喝水，不等口渴再喝。',
        '看看独居的老人，别把孩子留在车里。',
        '头晕、恶心就到阴凉处，不见好转打 120。',
      ),
      ...over['zh-CN'],
    },
    'en-US': {
      event: 'heat',
      responseType: ['Avoid'],
      description: 'Exercise: suppose the day’s highest temperature climbs above 37 degrees.',
      instruction: steps(
        'From eleven to four, do not stay outdoors for long.',
        'Drink before you are thirsty.',
        'Look in on old people who live alone; never leave a child in a car.',
        'Dizzy or sick: into the shade, and call 120 if it does not pass.',
      ),
      ...over['en-US'],
    },
  },
  flood: {
    'zh-CN': {
      event: '暴雨',
      responseType: ['Avoid', 'Prepare'],
      description: '演练内容：假设半天内雨量超过 50 毫米，低洼路段可能积水。',
      instruction: steps(
        '别走下穿桥洞、地下通道和积水路段。',
        '看不清水深就不要蹚水，也不要开车过去。',
        '把车和贵重东西移到高处。',
        '屋里进水先断电；被困打 119。',
      ),
      ...over['zh-CN'],
    },
    'en-US': {
      event: 'rainstorm',
      responseType: ['Avoid', 'Prepare'],
      description:
        'Exercise: suppose more than 50 mm of rain within half a day, and water on low-lying roads.',
      instruction: steps(
        'Keep away from underpasses, subways and flooded roads.',
        'Where you cannot see how deep it is, do not wade and do not drive.',
        'Move the car and valuables to higher ground.',
        'Water in the house: power off first. Trapped: call 119.',
      ),
      ...over['en-US'],
    },
  },
  typhoon: {
    'zh-CN': {
      event: '台风',
      responseType: ['Shelter', 'Prepare'],
      description: '演练内容：假设一天内受台风影响，沿海风力八级以上，伴有大雨。',
      instruction: steps(
        '收好阳台和窗外的东西，关紧门窗。',
        '备好水、食物、手电和充电宝。',
        '不去海边，远离广告牌、大树和工地。',
        '风突然停了也别出门，可能还会再来。',
      ),
      ...over['zh-CN'],
    },
    'en-US': {
      event: 'typhoon',
      responseType: ['Shelter', 'Prepare'],
      description: 'Exercise: suppose a typhoon within a day, gale force on the coast and heavy rain.',
      instruction: steps(
        'Bring in what stands on balcony and sill; shut doors and windows.',
        'Have water, food, a torch and a power bank ready.',
        'Stay away from the sea, hoardings, large trees and building sites.',
        'If the wind suddenly drops, stay in: it may come back.',
      ),
      ...over['en-US'],
    },
  },
}
