/** What can be measured of a screen's layout, at the size that the window has: each answers what is wrong, in words, for a test to show. */
import type { Page } from 'playwright-core'
/** Links inside a sentence are as high as their line, which the rules allow; everything else is hit with a thumb. */
export async function smallTargets(page: Page, least: number): Promise<string[]> {
  return page.evaluate((least) => {
    const modal = document.querySelector('dialog:modal')
    const candidates =
      'a[href], button, summary, select, label:has(input[type="radio"], input[type="checkbox"])'
    const isInText = (element: Element) =>
      getComputedStyle(element).display === 'inline' &&
      [...(element.parentElement?.childNodes ?? [])].some(
        (node) => node !== element && (node.textContent ?? '').trim() !== '',
      )
    return [...(modal ?? document).querySelectorAll(candidates)]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => !element.matches('.skip, .visually-hidden') && !isInText(element))
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width < least - 0.5 || box.height < least - 0.5)
      .map(({ element, box }) => {
        const name = (element.getAttribute('aria-label') ?? element.textContent ?? '')
          .replace(/\s+/g, ' ')
          .trim()
        return `${element.tagName.toLowerCase()}.${element.className} “${name.slice(0, 30)}” ${Math.round(box.width)}×${Math.round(box.height)}`
      })
  }, least)
}

/** What stands out of the window sideways, unless it is swiped, and what a box cuts off without saying so by an ellipsis. */
export async function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class')} “${(element.textContent ?? '').trim().slice(0, 20)}”`
    const isSwiped = (element: Element): boolean => {
      for (let each: Element | null = element; each && each !== document.body; each = each.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) return true
      return false
    }
    const shown = [...document.querySelectorAll('body *')].filter((element) => {
      const { width } = element.getBoundingClientRect()
      // Words for screen readers stand in a box of one pixel.
      return width > 1 && element.checkVisibility() && !element.closest('.visually-hidden, .skip, svg *')
    })
    const wide = shown.filter(
      (element) => element.getBoundingClientRect().right > innerWidth + 1 && !isSwiped(element),
    )
    const isBeyond = (edge: number, { right }: DOMRect) => right > edge + 1
    const cut = shown.filter((element) => {
      const style = getComputedStyle(element)
      if (!['hidden', 'clip'].includes(style.overflowX) || style.textOverflow === 'ellipsis') return false
      const edge = element.getBoundingClientRect().right
      const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
      const range = document.createRange()
      return (
        shown.some(
          (inner) =>
            inner !== element && element.contains(inner) && isBeyond(edge, inner.getBoundingClientRect()),
        ) ||
        words.some((node) => {
          range.selectNodeContents(node)
          return isBeyond(edge, range.getBoundingClientRect())
        })
      )
    })
    const { scrollWidth } = document.documentElement
    return [
      ...(scrollWidth > innerWidth ? [`the page is ${scrollWidth} wide in ${innerWidth}`] : []),
      ...wide.map((element) => `stands out: ${named(element)}`),
      ...cut.map((element) => `is cut off: ${named(element)}`),
    ]
  })
}

/** What cannot be tapped because something else lies upon it. Bars that stand still while the page moves under them do not count. */
export async function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class')} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 20)}”`
    const standsStill = (element: Element): boolean => {
      for (let each: Element | null = element; each; each = each.parentElement)
        if (['fixed', 'sticky'].includes(getComputedStyle(each).position)) return true
      return false
    }
    /** Whether a box that scrolls or cuts off leaves this point of it to be seen. */
    const isSeen = (element: Element, [x, y]: readonly [number, number]): boolean => {
      for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
        if (getComputedStyle(each).overflowY === 'visible') continue
        const edge = each.getBoundingClientRect()
        // Half a pixel at the edge belongs to either side.
        if (x < edge.left || x > edge.right || y < edge.top + 1 || y > edge.bottom - 1) return false
      }
      return true
    }
    const root = document.querySelector('dialog:modal') ?? document
    return [...root.querySelectorAll('a[href], button, summary, select, input, textarea')].flatMap(
      (element) => {
        if (!element.checkVisibility({ visibilityProperty: true })) return []
        if (element.matches('.skip, .visually-hidden') || element.closest('.visually-hidden')) return []
        const box = element.getClientRects()[0]
        if (!box || box.width < 2 || box.height < 2) return []
        // Its middle and towards both ends: a chip can lie under its neighbour by half.
        for (const share of [0.5, 0.15, 0.85]) {
          const at = [box.left + box.width * share, box.top + box.height / 2] as const
          const hit = document.elementFromPoint(...at) // null: outside of the window
          if (!hit || hit === element || element.contains(hit) || hit.contains(element)) continue
          if (element.closest('label')?.contains(hit) || (standsStill(hit) && !standsStill(element))) continue
          if (isSeen(element, at)) return [`${named(element)} lies under ${named(hit)}`]
        }
        return []
      },
    )
  })
}

/** Words upon words. */
export async function overlaps(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('dialog:modal') ?? document.querySelector('main') ?? document.body
    const standsStill = (element: Element): boolean => {
      for (let each: Element | null = element; each; each = each.parentElement)
        if (['fixed', 'sticky'].includes(getComputedStyle(each).position)) return true
      return false
    }
    /** What the boxes around it leave of it to be seen: the rest of a text that ends after three lines is not there. */
    const seen = (boxes: DOMRect[], within: Element): DOMRect[] => {
      let left = boxes
      for (let each: Element | null = within; each; each = each.parentElement) {
        if (getComputedStyle(each).overflowX === 'visible') continue
        const edge = each.getBoundingClientRect()
        left = left.map((box) => {
          const [x, y] = [Math.max(box.left, edge.left), Math.max(box.top, edge.top)]
          const [right, bottom] = [Math.min(box.right, edge.right), Math.min(box.bottom, edge.bottom)]
          return new DOMRect(x, y, Math.max(0, right - x), Math.max(0, bottom - y))
        })
      }
      return left
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const pieces: { words: string; parent: Element; boxes: DOMRect[] }[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      const words = (node.textContent ?? '').trim()
      if (!parent || words === '' || parent.closest('.visually-hidden, .skip, svg, [hidden], option'))
        continue
      if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || standsStill(parent))
        continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const boxes = seen([...range.getClientRects()], parent).filter(
        ({ width, height }) => width > 2 && height > 2,
      )
      if (boxes.length > 0) pieces.push({ words: words.slice(0, 16), parent, boxes })
    }
    // Lines are set tighter than their letters' boxes are high: a quarter of a line is no overlap.
    const meet = (one: DOMRect, other: DOMRect) =>
      Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2 &&
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) >
        Math.min(one.height, other.height) / 3
    return pieces.flatMap((one, at) =>
      pieces
        .slice(at + 1)
        .filter((other) => one.boxes.some((box) => other.boxes.some((its) => meet(box, its))))
        .map((other) => `“${one.words}” and “${other.words}” lie upon each other`),
    )
  })
}

/** A Chinese stop has its space in itself: one more behind it is a hole in the line. Two texts set side by side in a template leave one. */
export async function holes(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const hole = /.{0,8}[，。；：？！] \S.{0,8}/.exec(node.textContent ?? '')
      if (hole && node.parentElement?.checkVisibility()) found.push(`“${hole[0]}” has a hole`)
    }
    return found
  })
}

/** Long lists place their rows anew some frames after the window has changed: on until two frames in a row change nothing. */
function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let [frames, quiet] = [0, 0]
        const observer = new MutationObserver(() => {})
        observer.observe(document.body, { subtree: true, childList: true, attributes: true })
        const next = () => {
          quiet = observer.takeRecords().length > 0 ? 0 : quiet + 1
          if (quiet < 2 && ++frames < 30) {
            requestAnimationFrame(next)
            return
          }
          observer.disconnect()
          resolve()
        }
        requestAnimationFrame(next)
      }),
  )
}

/**
 * What is wrong and stays wrong. A row whose words have just been read is higher than its place until the frame that follows, which nobody
 * sees, but a measure between the two does: what is gone when everything is drawn once more was no fault.
 */
async function lasting(page: Page): Promise<string[]> {
  const measured = async () => {
    await drawn(page)
    return [
      ...(await overflows(page)),
      ...(await covered(page)),
      ...(await overlaps(page)),
      ...(await holes(page)),
    ]
  }
  const first = await measured()
  if (first.length === 0) return []
  const again = new Set(await measured())
  return first.filter((each) => again.has(each))
}

/** All of it at each of the sizes, one after the other in the same page; then back to the first. */
export async function layoutFaults(
  page: Page,
  sizes: readonly { readonly width: number; readonly height: number }[],
  letters: readonly string[] = [''],
): Promise<string[]> {
  const before = page.viewportSize()
  const found: string[] = []
  for (const size of sizes) {
    await page.setViewportSize(size)
    for (const letter of letters) {
      await page.evaluate((letter) => {
        document.documentElement.style.fontSize = letter
        scrollTo(0, 0)
      }, letter)
      const here = await lasting(page)
      found.push(...here.map((each) => `at ${size.width}×${size.height}${letter && `, ${letter}`}: ${each}`))
    }
    await page.evaluate(() => {
      document.documentElement.style.fontSize = ''
    })
  }
  if (before) await page.setViewportSize(before)
  return found
}
