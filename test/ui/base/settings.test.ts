import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { applyElder, useElder } from '../../../src/composables/useElder.ts'
import { applyLanguage, useLanguage } from '../../../src/composables/useLanguage.ts'
import { applyTheme, useTheme } from '../../../src/composables/useTheme.ts'
import { useToast } from '../../../src/composables/useToast.ts'

const root = document.documentElement

beforeEach(() => {
  localStorage.clear()
  vi.useFakeTimers()
})
afterEach(() => {
  useElder().setElder(false)
  useToast().dismiss()
  vi.useRealTimers()
})

test('a theme is remembered, and "system" leaves no trace', async () => {
  localStorage.setItem('gt-theme', 'dark')
  applyTheme()
  expect(root.dataset.theme).toBe('dark')
  useTheme().setTheme('system')
  await nextTick()
  expect(root.dataset.theme).toBeUndefined()
  expect(localStorage.getItem('gt-theme')).toBeNull()
})

test('what is in storage was not necessarily written by us', () => {
  localStorage.setItem('gt-theme', 'purple')
  localStorage.setItem('gt-language', 'xx')
  applyTheme()
  applyLanguage()
  expect(useTheme().theme.value).toBe('system')
  expect(['zh-CN', 'en']).toContain(root.lang)
})

test('the language is put on the page', async () => {
  applyLanguage()
  useLanguage().setLanguage('en')
  await nextTick()
  expect(root.lang).toBe('en')
  expect(localStorage.getItem('gt-language')).toBe('en')
  useLanguage().setLanguage('zh-CN')
})

test('长辈版 and the plain mode each keep their own text size', async () => {
  applyElder()
  const { setElder, setTextSize, textSize } = useElder()
  setTextSize('18')
  setElder(true)
  await nextTick()
  expect(root.hasAttribute('data-elder')).toBe(true)
  expect(root.dataset.text).toBe('24')
  setTextSize('40')
  setElder(false)
  await nextTick()
  expect(textSize.value).toBe('18')
  setElder(true)
  expect(textSize.value).toBe('40')
})

test('refused storage changes nothing on the screen', () => {
  const refuse = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError')
  })
  expect(() => useTheme().setTheme('dark')).not.toThrow()
  expect(useTheme().theme.value).toBe('dark')
  refuse.mockRestore()
})

describe('toast', () => {
  const toast = useToast()

  test('leaves by itself, later when there is something to press', () => {
    toast.show({ text: '已记下' })
    vi.advanceTimersByTime(6_000)
    expect(toast.current.value).toBeNull()
    toast.show({ text: '已记下', action: { label: '撤销', run: () => undefined } })
    vi.advanceTimersByTime(9_000)
    expect(toast.current.value).not.toBeNull()
    vi.advanceTimersByTime(1_000)
    expect(toast.current.value).toBeNull()
  })

  test('has no time limit in 长辈版, nor while it is held', () => {
    toast.show({ text: '已记下' })
    toast.hold()
    vi.advanceTimersByTime(60_000)
    expect(toast.current.value?.text).toBe('已记下')
    toast.dismiss()
    useElder().setElder(true)
    toast.show({ text: '已记下' })
    vi.advanceTimersByTime(600_000)
    expect(toast.current.value?.text).toBe('已记下')
  })
})
