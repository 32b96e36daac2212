/**
 * One small fact per key in localStorage: how this phone shows the app. Needed before the first paint, hence not in
 * the database. A browser that refuses storage (private mode, cookies off) gets the default and no error.
 */
export const settingKeys = {
  theme: 'gt-theme',
  language: 'gt-language',
  elder: 'gt-elder',
  text: 'gt-text',
  elderText: 'gt-elder-text',
  city: 'gt-city',
  badge: 'gt-badge',
  trip: 'gt-trip',
} as const

type SettingKey = (typeof settingKeys)[keyof typeof settingKeys]

/** What this page has read or written: the browser may clear the storage under it. */
const remembered = new Map<SettingKey, string>()

/** What the browser would not keep, in force until the page is closed. */
const unkept = new Map<SettingKey, string>()

export function readSetting(key: SettingKey): string | null {
  return unkept.get(key) ?? readStored(key)
}

function readStored(key: SettingKey): string | null {
  try {
    const value = localStorage.getItem(key)
    if (value !== null) remembered.set(key, value)
    return value
  } catch {
    return null
  }
}

/** False when the browser refused: the choice then lasts until the page is closed. */
export function writeSetting(key: SettingKey, value: string | null): boolean {
  if (value === null) remembered.delete(key)
  else remembered.set(key, value)
  unkept.delete(key)
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
    return true
  } catch {
    if (value !== null) unkept.set(key, value)
    return false
  }
}

/** Cleared under the open page: what is not there any more is written anew. */
export function rewriteSettings(): void {
  for (const [key, value] of remembered) if (readStored(key) === null) writeSetting(key, value)
}

/** A stored value only if it is one of those we know: what is in storage was not necessarily written by us. */
export function readChoice<T extends string>(key: SettingKey, choices: readonly T[], fallback: T): T {
  const stored = readSetting(key)
  return choices.find((choice) => choice === stored) ?? fallback
}
