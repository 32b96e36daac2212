/** Zibo, beside what its plan says and asks. */
import type { City } from './city.ts'

export const zibo: City<'zibo'> = {
  id: 'zibo',
  nameZh: '淄博',
  nameEn: 'Zibo',
  adcode: '370300',
  code: 'zb',
  centre: { lat: 36.813, lon: 118.055 },
  trace: { x: 140, y: 72, isBelow: true },
  loadPack: () => import('./zibo.json', { with: { type: 'json' } }),
  loadQuiz: () => import('../quiz/zibo.json', { with: { type: 'json' } }),
}
