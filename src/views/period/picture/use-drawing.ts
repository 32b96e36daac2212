/** The picture as a PNG, drawn anew when its words or the look of the app change. The last one is let go when another takes its place. */
import { onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useTheme } from '../../../composables/useTheme.ts'
import { drawPicture, type Picture } from './draw-picture.ts'
import { lookOf } from './picture-look.ts'

interface Drawn {
  readonly blob: Blob
  /** For an `<img>`, as long as it is the last one. */
  readonly url: string
}

/** @param picture undefined as long as there is nothing to draw */
export function useDrawing(picture: Ref<Picture | undefined>) {
  const drawn = shallowRef<Drawn>()
  const hasFailed = ref(false)
  const { theme } = useTheme()
  const isDark = ref(0)
  const darkness = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : undefined
  const darken = () => isDark.value++
  darkness?.addEventListener?.('change', darken)
  let turn = 0

  function put(next: Drawn | undefined): void {
    if (drawn.value) URL.revokeObjectURL(drawn.value.url)
    drawn.value = next
  }

  async function draw(what: Picture): Promise<void> {
    const mine = ++turn
    const canvas = document.createElement('canvas')
    const blob = drawPicture(canvas, what, lookOf(document.documentElement))
      ? await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
      : null
    if (mine !== turn) return
    hasFailed.value = blob === null
    put(blob ? { blob, url: URL.createObjectURL(blob) } : undefined)
  }

  watch(
    [picture, theme, isDark],
    ([what]) => {
      if (what) void draw(what)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    turn++
    darkness?.removeEventListener?.('change', darken)
    put(undefined)
  })
  return { drawn, hasFailed }
}
