/** Binzhou, beside what its plan says and asks. */
import type { City } from './city.ts'

export const binzhou: City<'binzhou'> = {
  id: 'binzhou',
  nameZh: '滨州',
  nameEn: 'Binzhou',
  adcode: '371600',
  code: 'bz',
  centre: { lat: 37.383, lon: 117.971 },
  trace: { x: 122, y: 30 },
  loadPack: () => import('./binzhou.json', { with: { type: 'json' } }),
  loadQuiz: () => import('../quiz/binzhou.json', { with: { type: 'json' } }),
}
