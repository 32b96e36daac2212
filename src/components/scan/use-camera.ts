/** The camera at the back, for as long as the page is seen: given back when it is hidden, asked for again when it returns. */
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue'

/** `absent`: there is none, or not over plain http. `lost`: it was taken away while it ran. */
type CameraState = 'starting' | 'on' | 'off' | 'refused' | 'absent' | 'busy' | 'lost'

/** Not in TypeScript's lib: of phones with a light. */
interface Torch {
  readonly torch?: boolean
}

/** A square of 720 pixels has six and more for each module of a code that fills half of it. */
const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
}

export function useCamera(video: () => HTMLVideoElement | null) {
  const state = ref<CameraState>('off')
  const stream = shallowRef<MediaStream>()
  const isLit = ref(false)
  const track = computed(() => stream.value?.getVideoTracks()[0])
  const hasTorch = computed(() => Boolean((track.value?.getCapabilities?.() as Torch | undefined)?.torch))
  let isGone = false

  async function start(): Promise<void> {
    if (stream.value || state.value === 'starting') return
    if (!navigator.mediaDevices?.getUserMedia) {
      state.value = 'absent'
      return
    }
    state.value = 'starting'
    try {
      const opened = await navigator.mediaDevices.getUserMedia(WANTED)
      if (isGone || document.visibilityState === 'hidden') {
        for (const each of opened.getTracks()) each.stop()
        state.value = 'off'
        return
      }
      stream.value = opened
      track.value?.addEventListener('ended', () => {
        stop()
        state.value = 'lost'
      })
      state.value = 'on'
    } catch (error) {
      state.value = stateOf((error as Error).name)
    }
  }

  function stop(): void {
    for (const each of stream.value?.getTracks() ?? []) each.stop()
    stream.value = undefined
    isLit.value = false
    state.value = 'off'
  }

  async function switchTorch(): Promise<void> {
    const wanted = !isLit.value
    try {
      await track.value?.applyConstraints({ advanced: [{ torch: wanted } as MediaTrackConstraintSet] })
      isLit.value = wanted
    } catch {
      isLit.value = false // some phones say that they have a light and have none
    }
  }

  const onVisibility = () => {
    if (document.visibilityState === 'hidden') stop()
    else void start()
  }
  onMounted(() => {
    document.addEventListener('visibilitychange', onVisibility)
    void start()
  })
  onBeforeUnmount(() => {
    isGone = true
    document.removeEventListener('visibilitychange', onVisibility)
    stop()
  })
  watch([stream, video], async ([source, element]) => {
    if (!element) return
    element.srcObject = source ?? null
    // Interrupted when the stream goes at once: nothing to play then.
    if (source) await element.play().catch(() => undefined)
  })

  return { state, isLit, hasTorch, start, switchTorch }
}

function stateOf(name: string): CameraState {
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'absent'
  return 'busy'
}
