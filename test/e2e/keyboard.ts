/** Somebody without a mouse: Tab to what has the words, then a key. What Tab does not reach, or reaches unseen, cannot be used. */
import type { Page } from 'playwright-core'

/** More stops than any page has before its main parts. */
const TABS_MAX = 150

export async function tabTo(page: Page, words: RegExp): Promise<void> {
  const met: string[] = []
  for (let i = 0; i < TABS_MAX; i++) {
    await page.keyboard.press('Tab')
    const name = await nameOfFocused(page)
    if (words.test(name)) {
      if (!(await showsFocus(page))) throw new Error(`“${name}” has the focus and does not show it`)
      return
    }
    met.push(name)
  }
  throw new Error(`Tab never comes to ${words}; it comes to ${[...new Set(met)].join(' | ')}`)
}

export async function pressOn(page: Page, words: RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, words)
  await page.keyboard.press(key)
}

function nameOfFocused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement | null
    if (!focused || focused === document.body) return ''
    const name =
      focused.getAttribute('aria-label') ?? focused.labels?.[0]?.textContent ?? focused.textContent ?? ''
    return name.replaceAll(/\s+/g, ' ').trim()
  })
}

/** It, its label or what is around it looks otherwise than without the focus. */
function showsFocus(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement
    const label = focused.labels?.[0]
    const faces = [
      focused,
      focused.parentElement as Element,
      ...(label ? [label, ...label.querySelectorAll('*')] : []),
    ]
    const looks = () =>
      faces
        .map((face) => getComputedStyle(face))
        .map(({ outlineStyle, outlineWidth, boxShadow }) => [outlineStyle, outlineWidth, boxShadow].join())
        .join('|')
    const withFocus = looks()
    focused.blur()
    const without = looks()
    focused.focus()
    return withFocus !== without
  })
}
