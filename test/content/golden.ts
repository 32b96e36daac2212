/** The checked facts of the five documents, as they were handed over; the packs must not differ from them. */
import { readFileSync } from 'node:fs'
import type { CityId } from '../../src/domain/base/city.ts'

export interface GoldenFigure {
  value: number
  valueMax?: number
  valueEn: number
  unit: string
  unitEn: string
  year: number | null
  comparator: string | null
}

export interface GoldenIndicator {
  id: string
  unit: string
  unitEn: string
  scaleEn: number
  value2020: number | null
  target2025: number | null
  target2025Max?: number
  target2030: number | null
  target2035?: number
  kind: string | null
  comparator: string | null
  comparator2030?: string
  base?: number
  section: string
  line: number
  note?: string
}

export interface GoldenMeasure {
  id: string
  domain: string
  audience: string
  titleZh: string
  titleEn: string
  summaryZh: string
  summaryEn: string
  section: string
  line: number
  agencies: string[]
  uncertain?: boolean
  note?: string
  figures: GoldenFigure[]
}

interface GoldenSystem {
  id: string
  nameZh: string
  nameEn: string
  what: string
  whatZh: string
  functions: string[]
  functionsBasis: string
  status: string
  section: string
  line: number
  anchor: string
  uncertain?: boolean
  note?: string
}

export interface GoldenCity {
  city: Record<string, string>
  document: { titleZh: string; titleEn: string; number: string | null; issuer: string | null; date: string }
  indicators: GoldenIndicator[]
  measures: GoldenMeasure[]
  systems: GoldenSystem[]
  events: { nameZh: string; when: string | null; section: string; uncertain?: boolean }[]
  districts: {
    nameZh: string
    target: number | null
    unit?: string
    base?: number
    year?: number
    section: string
  }[]
}

export function goldenCity(id: CityId): GoldenCity {
  const file = new URL(`../golden/facts/${id}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as GoldenCity
}
