/** Somebody without a mouse: Tab to what has the words, then a key. What Tab does not reach, or reaches unseen, cannot be used. */
import type { Page } from 'playwright-core'

/** More stops than any page has before its main parts. */
const TABS_MAX = 150

interface Stop {
  readonly name: string
  /** There is an outline, a ring or a shadow to see where one is. */
  readonly isSeen: boolean
}

export async function tabTo(page: Page, words: RegExp): Promise<void> {
  const met: string[] = []
  for (let i = 0; i < TABS_MAX; i++) {
    await page.keyboard.press('Tab')
    const { name, isSeen } = await stopOf(page)
    if (words.test(name)) {
      if (!isSeen) throw new Error(`“${name}” has the focus and does not show it`)
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

function stopOf(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const focused = document.activeElement as HTMLInputElement | null
    if (!focused || focused === document.body) return { name: '', isSeen: true }
    const label = focused.labels?.[0]
    const name = focused.getAttribute('aria-label') ?? label?.textContent ?? focused.textContent ?? ''
    // A radio button under its own face shows the ring on the face.
    const faces = [
      focused,
      ...(label ? [label, ...label.querySelectorAll('*')] : []),
      focused.parentElement as Element,
    ]
    const isSeen = faces.some((face) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(face)
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    })
    return { name: name.replaceAll(/\s+/g, ' ').trim(), isSeen }
  })
}
