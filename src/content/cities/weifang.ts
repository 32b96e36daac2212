/** Weifang, beside what its plan says and asks. */
import type { City } from './city.ts'

export const weifang: City<'weifang'> = {
  id: 'weifang',
  nameZh: '潍坊',
  nameEn: 'Weifang',
  adcode: '370700',
  code: 'wf',
  centre: { lat: 36.707, lon: 119.162 },
  trace: { x: 222, y: 60 },
  loadPack: () => import('./weifang.json', { with: { type: 'json' } }),
  loadQuiz: () => import('../quiz/weifang.json', { with: { type: 'json' } }),
}
