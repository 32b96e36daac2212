/** What people call the acts of a measure, so that a search in their own words finds it: "单车" finds where the plan says 慢行. */
import type { ActCode } from './act-links.ts'

export const ACT_WORDS: Readonly<Record<ActCode, string>> = {
  walk: '步行 走路 慢行 walk walking',
  bike: '骑行 骑车 自行车 公共自行车 单车 慢行 bike bicycle cycling public bikes',
  ebike: '电动车 电动自行车 电瓶车 e-bike electric bike',
  metro: '地铁 轨道交通 metro subway',
  bus: '公交 公交车 公共汽车 bus public transport',
  'nev-ride': '网约车 打车 新能源出租 taxi ride-hailing electric taxi',
  ev: '电动汽车 新能源车 充电 electric car charging',
  'car-free-day': '少开车 停驶 不开车 car-free leave the car',
  'power-saving': '节电 省电 用电 电费 save electricity power saving',
  clothes: '旧衣 衣服回收 clothes recycling',
  'clean-plate': '光盘 剩饭 食物浪费 clean plate food waste leftovers',
  'own-bag': '自带袋 购物袋 塑料袋 shopping bag own bag',
  'no-cutlery': '一次性餐具 外卖餐具 disposable cutlery takeaway',
  plastic: '塑料 塑料瓶 回收 plastic recycling',
  paper: '废纸 纸箱 回收 paper recycling',
  glass: '玻璃 回收 glass recycling',
  metal: '金属 易拉罐 回收 metal cans recycling',
  'waste-sorting': '垃圾分类 垃圾 分类投放 waste sorting rubbish garbage',
  tree: '植树 种树 义务植树 tree planting trees',
}

/**
 * As people say what they did, a phrase after each |, beside the Chinese words above. `weak` ones count where nothing else in the part of the
 * sentence says what it was: who 骑 an e-bike has ridden no bicycle.
 */
export const ACT_SAYINGS: Readonly<Record<ActCode, { readonly sure: string; readonly weak?: string }>> = {
  walk: {
    sure: '走路|走到|走去|走回|走着|散步|徒步|溜达|遛弯|步行|on foot|walked|walking|walk|hiked',
    weak: '走了|走',
  },
  bike: {
    sure: '骑车|骑行|自行车|脚踏车|共享单车|骑单车|单车|小黄车|bicycle|bike|biked|biking|cycled|cycling',
    weak: '骑了|骑|rode',
  },
  ebike: { sure: '电动车|电瓶车|电驴|助力车|电单车|共享电单车|e-bike|ebike|electric bike|e-scooter' },
  metro: { sure: '地铁|捷运|轻轨|metro|subway|underground|tube' },
  bus: { sure: '公交|公交车|公车|公共汽车|巴士|大巴|brt|buses|bus' },
  'nev-ride': {
    sure: '网约车|打车|打的|出租车|计程车|滴滴|拼车|顺风车|taxi|cab|didi|carpooled|carpool|ride-hailing',
  },
  ev: { sure: '开电动车|开电车|开电动汽车|电动汽车|新能源车|electric car|drove my ev' },
  'car-free-day': {
    sure: '没开车|不开车|没有开车|停驶|少开车|left the car|did not drive|didn’t drive|car-free',
  },
  'power-saving': { sure: '省电|节电|省了|节约用电|saved power|saved electricity|power saving' },
  clothes: { sure: '旧衣|旧衣服|old clothes|used clothes' },
  'clean-plate': { sure: '光盘|吃光|没剩饭|吃得干干净净|clean plate|no leftovers' },
  'own-bag': { sure: '自带袋|自带购物袋|购物袋|布袋|环保袋|own bag|shopping bag' },
  'no-cutlery': { sure: '不要餐具|无需餐具|没要餐具|no cutlery|without cutlery' },
  plastic: { sure: '塑料瓶|plastic bottles' },
  paper: { sure: '废纸|纸箱|waste paper' },
  glass: { sure: '玻璃瓶|glass bottles' },
  metal: { sure: '易拉罐|metal cans' },
  'waste-sorting': { sure: '垃圾分类|分类投放|waste sorting|sorted waste|sorted my waste' },
  tree: { sure: '种树|植树|棵树|planted' },
}

/** Words that search by and nobody says of an act that is done; or that stand in the names of others. */
export const NOT_SAID: readonly string[] = [
  '慢行',
  '充电',
  '用电',
  '电费',
  '剩饭',
  '食物浪费',
  '塑料袋',
  '垃圾',
  '塑料',
  '玻璃',
  '金属',
  '外卖餐具',
  '一次性餐具',
  '回收',
]
