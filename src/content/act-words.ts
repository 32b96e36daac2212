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
