/**
 * What makes a home, a school, a community or a shop greener, as small steps in our own words; which of them can be logged, and what one's
 * city's plan says about it. Not the official criteria of any award.
 */
import type { CityId } from '../../domain/base/city.ts'
import type { ActCode } from '../act-links.ts'
import data from './checklists.json' with { type: 'json' }

export const CHECKLISTS = ['home', 'school', 'community', 'shop'] as const
export type Checklist = (typeof CHECKLISTS)[number]

export interface ChecklistItem {
  readonly id: string
  readonly titleZh: string
  readonly titleEn: string
  readonly whyZh: string
  readonly whyEn: string
  /** The act that a person can log for it, by hand. */
  readonly act?: ActCode | 'second-hand-phone'
  readonly topic?: string
}

/** What a city's plan calls for, where it speaks of such places at all. */
interface PlanWord {
  readonly measure: string
  readonly textZh: string
  readonly textEn: string
}

const { items, plans, topics } = data as unknown as {
  readonly items: Readonly<Record<Checklist, readonly ChecklistItem[]>>
  readonly plans: Readonly<Record<Checklist, Readonly<Partial<Record<CityId, PlanWord>>>>>
  /** The measure of each city that an item's topic is about; absent where its plan has none. */
  readonly topics: Readonly<Record<string, Readonly<Partial<Record<CityId, string>>>>>
}

export function checklistItems(list: Checklist): readonly ChecklistItem[] {
  return items[list]
}

export function planWord(list: Checklist, city: CityId): PlanWord | null {
  return plans[list][city] ?? null
}

export function measureFor(item: ChecklistItem, city: CityId): string | null {
  return (item.topic && topics[item.topic]?.[city]) || null
}

export function isChecklist(text: string): text is Checklist {
  return (CHECKLISTS as readonly string[]).includes(text)
}
