/**
 * A further pack, for tests alone: as version 3, but with a corrected factor of cycling, in force for Weifang from 10 December. It comes to the
 * rules, the backend and the phone by the list of packs that each of them is handed.
 */

import { startOfDay } from '../../src/domain/base/time.ts'
import type { Methodology, Pack, Packs } from '../../src/domain/methodology/pack.ts'
import { PACKS, SD_DEMO_V3 } from '../../src/domain/methodology/packs/index.ts'

/** Published: 8.7 g/km. Corrected for the test to 12 g/km: 8.9 km with a file avoid 339 g in place of 356 g. */
const CORRECTED_MG_PER_KM = 12_000

export const WEIFANG_PACK: Pack = {
  ...SD_DEMO_V3,
  id: 'weifang-test',
  version: 1,
  titleZh: '潍坊测试方法学包',
  titleEn: 'Weifang test pack',
  city: 'weifang',
  issuedOn: '2026-12-01',
  inForceOn: '2026-12-10',
  methodologies: SD_DEMO_V3.methodologies.map(corrected),
}

function corrected(methodology: Methodology): Methodology {
  if (methodology.code !== 'bike' || methodology.kind !== 'travel' || !methodology.project) return methodology
  const { checkAgainst: _, ...rest } = methodology
  return {
    ...rest,
    version: methodology.version + 1,
    project: { ...methodology.project, central: CORRECTED_MG_PER_KM, high: 15_000 },
  }
}

export const PACKS_WITH_WEIFANG: Packs = [...PACKS, WEIFANG_PACK]

/** The first moment of its day in Shandong. */
export const WEIFANG_DAY = startOfDay('2026-12-10')
