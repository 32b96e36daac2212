/** Jinan, beside what its plan says and asks. */
import type { City } from './city.ts'

export const jinan: City<'jinan'> = {
  id: 'jinan',
  nameZh: '济南',
  nameEn: 'Jinan',
  adcode: '370100',
  code: 'jn',
  centre: { lat: 36.651, lon: 117.12 },
  trace: { x: 34, y: 78, isBelow: true },
  loadPack: () => import('./jinan.json', { with: { type: 'json' } }),
  loadQuiz: () => import('../quiz/jinan.json', { with: { type: 'json' } }),
}
