/**
 * 长辈版 and the text size, kept on this phone and put on <html data-elder data-text>. Each mode remembers its own size,
 * so leaving 长辈版 brings back the size from before.
 */
import { computed, ref, watchEffect } from 'vue'
import { readChoice, readSetting, settingKeys, writeSetting } from './device-setting.ts'

/** Main text in CSS pixels. 24 and 40 are the ministry's 18 pt and 30 pt. */
const textSizes = ['16', '18', '20'] as const
const elderTextSizes = ['24', '28', '32', '40'] as const
export type TextSize = (typeof textSizes)[number] | (typeof elderTextSizes)[number]

const isElder = ref(false)
const plainSize = ref<(typeof textSizes)[number]>('16')
const elderSize = ref<(typeof elderTextSizes)[number]>('24')
const textSize = computed<TextSize>(() => (isElder.value ? elderSize.value : plainSize.value))
const sizes = computed<readonly TextSize[]>(() => (isElder.value ? elderTextSizes : textSizes))

export function applyElder(): void {
  isElder.value = readSetting(settingKeys.elder) === 'on'
  plainSize.value = readChoice(settingKeys.text, textSizes, '16')
  elderSize.value = readChoice(settingKeys.elderText, elderTextSizes, '24')
  watchEffect(() => {
    const root = document.documentElement
    root.toggleAttribute('data-elder', isElder.value)
    root.dataset.text = textSize.value
  })
}

export function useElder() {
  function setElder(next: boolean): void {
    isElder.value = next
    writeSetting(settingKeys.elder, next ? 'on' : null)
  }
  function setTextSize(next: TextSize): void {
    const plain = textSizes.find((size) => size === next)
    const elder = elderTextSizes.find((size) => size === next)
    if (plain) {
      plainSize.value = plain
      writeSetting(settingKeys.text, plain)
    }
    if (elder) {
      elderSize.value = elder
      writeSetting(settingKeys.elderText, elder)
    }
  }
  return { isElder, textSize, sizes, setElder, setTextSize }
}
