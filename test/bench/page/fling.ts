/**
 * Runs inside the page, by its text: it may use nothing from outside itself. Jumps to a place of the page, waits until every row stands,
 * then scrolls as flicks of a finger do, and looks after each painted frame at what is in sight.
 */

export interface FlungFrame {
  readonly ms: number
  readonly moved: number
  /** Rows in sight that still are grey shapes. */
  readonly grey: number
  /** Height of the list's part of the screen on which no row stands at all. */
  readonly barePx: number
}

export interface Flung {
  readonly framesAfterJump: number
  readonly frames: FlungFrame[]
}

export async function fling(asked: { share: number; flicks: number[] }): Promise<Flung> {
  /** As iOS slows down: speed times this, each millisecond. */
  const DECAY = 0.998
  const SLOWEST = 60
  const FLICK_EVERY_MS = 350
  const SETTLE_FRAMES_MAX = 600

  const list = document.querySelector<HTMLElement>('#main li .list-row')?.closest('ul')
  if (!list) throw new Error('there is no list')

  /** Resolves after the frame was painted: a message is delivered after the rendering steps. */
  const painted = (inFrame: () => void) =>
    new Promise<number>((resolve) => {
      requestAnimationFrame(() => {
        inFrame()
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(undefined)
      })
    })

  const inSight = () => {
    const whole = list.getBoundingClientRect()
    const [top, bottom] = [Math.max(0, whole.top), Math.min(innerHeight, whole.bottom)]
    const boxes = [...list.children]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(
        ({ row, box }) =>
          box.height > 0 &&
          box.bottom > top &&
          box.top < bottom &&
          getComputedStyle(row).visibility !== 'hidden',
      )
      .sort((a, b) => a.box.top - b.box.top)
    let reached = top
    let barePx = 0
    for (const { box } of boxes) {
      barePx += Math.max(0, box.top - reached)
      reached = Math.max(reached, box.bottom)
    }
    barePx += Math.max(0, bottom - reached)
    const grey = boxes.filter(({ row }) => row.querySelector('.skeleton')).length
    return { grey, barePx: Math.round(barePx) }
  }

  let framesAfterJump = 0
  scrollTo(0, (document.documentElement.scrollHeight - innerHeight) * asked.share)
  for (; framesAfterJump < SETTLE_FRAMES_MAX; framesAfterJump++) {
    await painted(() => {})
    const { grey, barePx } = inSight()
    if (grey === 0 && barePx <= 1) break
  }

  const frames: FlungFrame[] = []
  const flicks = [...asked.flicks]
  let speed = 0
  let last = performance.now()
  let nextFlickAt = last
  while (flicks.length > 0 || Math.abs(speed) > SLOWEST) {
    if (performance.now() >= nextFlickAt && flicks.length > 0) {
      speed = flicks.shift() ?? 0
      nextFlickAt = performance.now() + FLICK_EVERY_MS
    }
    const before = scrollY
    const at = await painted(() => {
      // A frame that came late moves as far as a finger would have, but a dropped second is not a jump.
      const sinceLast = Math.min(50, performance.now() - last)
      scrollBy(0, (speed * sinceLast) / 1000)
      speed *= DECAY ** sinceLast
    })
    frames.push({ ms: at - last, moved: scrollY - before, ...inSight() })
    last = at
  }
  return { framesAfterJump, frames }
}
