/** Qingdao, beside what its plan says and asks. */
import type { City } from './city.ts'

export const qingdao: City<'qingdao'> = {
  id: 'qingdao',
  nameZh: '青岛',
  nameEn: 'Qingdao',
  adcode: '370200',
  code: 'qd',
  /** Inland, so that nothing around it stands in the sea. */
  centre: { lat: 36.115, lon: 120.41 },
  trace: { x: 312, y: 86, isBelow: true },
  loadPack: () => import('./qingdao.json', { with: { type: 'json' } }),
  loadQuiz: () => import('../quiz/qingdao.json', { with: { type: 'json' } }),
}
