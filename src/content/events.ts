/**
 * The days of the year on which the climate is spoken of, joined with the plans that name them. What every calendar says of a day is our own
 * short text; what a city's plan says stands in its pack, with its place in the document.
 */
import type { ActCode } from './act-links.ts'
import type { CityEvent, CityPack, Measure } from './schema.ts'

export interface CityDay {
  /** Of the catalogue, or of the pack where only the plan has it. */
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  /** `MM-DD` for a day of every year, `YYYY-MM` for a dated step, null where it moves or is not printed. */
  readonly when: string | null
  readonly whyZh?: string
  readonly whyEn?: string
  readonly ruleZh?: string | undefined
  readonly ruleEn?: string | undefined
  readonly acts: readonly ActCode[]
  /** As the city's plan names it; absent where it does not. */
  readonly named?: CityEvent
  /** The measure of the plan that the day belongs to. */
  readonly measure?: Measure
  readonly invites?: Invitation
}

interface CatalogueDay extends Omit<CityDay, 'named' | 'measure' | 'invites'> {
  /** Ids of the packs' events that are this day. */
  readonly plans: readonly string[]
  /** Shown only where a plan names it. */
  readonly isOnlyNamed?: true
}

const moves = {
  ruleZh: '日期每年由国家公布。',
  ruleEn: 'The date is announced each year by the national government.',
}

const CATALOGUE: readonly CatalogueDay[] = [
  {
    id: 'tree-day',
    nameZh: '植树节',
    nameEn: 'Tree Planting Day',
    when: '03-12',
    whyZh: '这一天前后，各地组织义务植树。一棵树活下来，能吸收几十年的二氧化碳。',
    whyEn: 'People plant trees around this day. A tree that lives takes up CO₂ for decades.',
    acts: ['tree'],
    plans: ['qd-e-5'],
  },
  {
    id: 'water-day',
    nameZh: '世界水日',
    nameEn: 'World Water Day',
    when: '03-22',
    whyZh: '联合国定的日子，提醒大家省水、护水。抽水和烧水都要用能，省水也省碳。',
    whyEn: 'A day set by the United Nations to save and protect water. Pumping and heating it takes energy.',
    acts: [],
    plans: [],
  },
  {
    id: 'earth-day',
    nameZh: '世界地球日',
    nameEn: 'Earth Day',
    when: '04-22',
    whyZh: '从 1970 年开始，许多国家的人在这一天一起为地球做一件事。',
    whyEn: 'Since 1970, people in many countries do something for the Earth on this day.',
    acts: ['own-bag', 'waste-sorting', 'walk'],
    plans: ['jn-e-2'],
  },
  {
    id: 'biodiversity-day',
    nameZh: '国际生物多样性日',
    nameEn: 'International Day for Biological Diversity',
    when: '05-22',
    whyZh: '联合国定的日子：森林、湿地和里面的生命，都在帮我们稳住气候。',
    whyEn: 'A day set by the United Nations: forests, wetlands and what lives in them steady the climate.',
    acts: ['tree'],
    plans: [],
  },
  {
    id: 'environment-day',
    nameZh: '世界环境日',
    nameEn: 'World Environment Day',
    when: '06-05',
    whyZh: '联合国定的日子，也是我国法律写明的环境日。各地这几天办主题活动。',
    whyEn:
      'A day set by the United Nations, and by law China’s environment day. Cities hold events around it.',
    acts: ['bus', 'bike', 'waste-sorting'],
    plans: ['jn-e-1', 'qd-e-1', 'zb-e-1', 'bz-e-2'],
  },
  {
    id: 'ecology-day',
    nameZh: '全国生态日',
    nameEn: 'National Ecology Day',
    when: '08-15',
    whyZh: '2023 年设立。看一看身边的山、水、林，想一想自己能做什么。',
    whyEn: 'Set in 2023. A day to look at the hills, waters and woods nearby, and at what one can do.',
    acts: ['walk', 'bike'],
    plans: ['bz-e-1'],
  },
  {
    id: 'car-free-day',
    nameZh: '世界无车日',
    nameEn: 'World Car Free Day',
    when: '09-22',
    whyZh: '一天不开车：走路、骑车、坐公交，看看路会变成什么样。',
    whyEn: 'A day without the car: walk, cycle, take the bus, and see what becomes of the streets.',
    acts: ['car-free-day', 'walk', 'bike', 'bus'],
    plans: [],
  },
  {
    id: 'energy-week',
    nameZh: '全国节能宣传周',
    nameEn: 'National Energy Conservation Week',
    when: null,
    whyZh: '一周时间讲节能：空调、电灯、家电怎么用得省。',
    whyEn: 'A week about saving energy: cooling, light and appliances.',
    ...moves,
    acts: ['power-saving'],
    plans: ['jn-e-4', 'zb-e-3', 'bz-e-4'],
  },
  {
    id: 'low-carbon-day',
    nameZh: '全国低碳日',
    nameEn: 'National Low Carbon Day',
    when: null,
    whyZh: '节能宣传周的第三天，讲的是怎么少排碳。',
    whyEn: 'The third day of the energy week, about emitting less carbon.',
    ...moves,
    acts: ['bus', 'bike', 'power-saving'],
    plans: ['jn-e-3', 'qd-e-2', 'zb-e-2', 'bz-e-3'],
  },
  {
    id: 'science-week',
    nameZh: '科普活动周',
    nameEn: 'Popular Science Week',
    when: null,
    whyZh: '科技馆、学校和社区办展览和讲座，讲气候的科学。',
    whyEn: 'Museums, schools and communities show and explain, the science of the climate among it.',
    acts: [],
    plans: ['zb-e-4', 'bz-e-5'],
    isOnlyNamed: true,
  },
]

/** What a person is called to beside coming. */
export type Invitation = 'nominate'

interface PlanEvent {
  readonly measure: string
  readonly invites?: Invitation
}

/** Picked by hand, of each plan's events: the measure that is about holding such days (tree planting has one of its own), and what it invites to. */
const PLAN_EVENTS: Readonly<Record<string, PlanEvent>> = {
  'jn-e-1': { measure: 'jn-m-education' },
  'jn-e-2': { measure: 'jn-m-education' },
  'jn-e-3': { measure: 'jn-m-education' },
  'jn-e-4': { measure: 'jn-m-education' },
  'qd-e-1': { measure: 'qd-m-days' },
  'qd-e-2': { measure: 'qd-m-days' },
  'qd-e-5': { measure: 'qd-m-tree' },
  'wf-e-1': { measure: 'wf-m-cases', invites: 'nominate' },
  'zb-e-1': { measure: 'zb-m-awareness' },
  'zb-e-2': { measure: 'zb-m-awareness' },
  'zb-e-3': { measure: 'zb-m-awareness' },
  'zb-e-4': { measure: 'zb-m-awareness' },
  'bz-e-1': { measure: 'bz-m-campaigns' },
  'bz-e-2': { measure: 'bz-m-campaigns' },
  'bz-e-3': { measure: 'bz-m-campaigns' },
  'bz-e-4': { measure: 'bz-m-campaigns' },
  'bz-e-5': { measure: 'bz-m-campaigns' },
}

/** Every day of the catalogue and every event of the plan, each once: fixed days through the year, then what moves, then dated steps. */
export function daysOf(pack: CityPack): CityDay[] {
  const taken = new Set<string>()
  const days = CATALOGUE.flatMap(({ plans, isOnlyNamed, ...day }): CityDay[] => {
    const named = pack.events.find(({ id }) => plans.includes(id))
    if (!named) return isOnlyNamed ? [] : [day]
    taken.add(named.id)
    return [{ ...day, ...rulesOf(day, named), named, ...planned(pack, named.id) }]
  })
  const own = pack.events
    .filter(({ id }) => !taken.has(id))
    .map((named): CityDay => {
      const { id, nameZh, nameEn, when, ruleZh, ruleEn } = named
      return { id, nameZh, nameEn, when, ruleZh, ruleEn, acts: [], named, ...planned(pack, id) }
    })
  return [...days, ...own]
}

/** What the plan says of a date that is not fixed goes before the general rule. */
function rulesOf(day: Pick<CityDay, 'when' | 'ruleZh' | 'ruleEn'>, named: CityEvent) {
  if (day.when !== null || named.ruleZh === undefined) return {}
  return { ruleZh: named.ruleZh, ruleEn: named.ruleEn }
}

function planned(pack: CityPack, eventId: string): Pick<CityDay, 'measure' | 'invites'> {
  const event = PLAN_EVENTS[eventId]
  const measure = pack.measures.find(({ id }) => id === event?.measure)
  return { ...(measure ? { measure } : {}), ...(event?.invites ? { invites: event.invites } : {}) }
}

/** The days that a measure of the plan is about. */
export function daysOfMeasure(pack: CityPack, measureId: string): CityDay[] {
  return daysOf(pack).filter(({ measure }) => measure?.id === measureId)
}
