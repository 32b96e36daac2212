/** The number on the home screen's icon: how many records are not confirmed yet. Only where the browser has such a badge, and only if wanted. */
import { readonly, ref } from 'vue'
import { readSetting, settingKeys, writeSetting } from './device-setting.ts'

export const isBadgeSupported: boolean = typeof navigator !== 'undefined' && 'setAppBadge' in navigator

const isOn = ref(readSetting(settingKeys.badge) !== 'off')
export const isBadgeOn = readonly(isOn)
let shown = 0

export function setBadge(on: boolean): void {
  isOn.value = on
  writeSetting(settingKeys.badge, on ? null : 'off')
  showBadge(shown)
}

/** A browser that has the call but no icon to put it on refuses; there is nothing to do about it. */
export function showBadge(count: number): void {
  shown = count
  if (!isBadgeSupported) return
  const done = isOn.value && count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()
  void done?.catch(() => undefined)
}
