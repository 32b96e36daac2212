/**
 * Where this phone is, asked for by a tap and never by itself. Kept in memory for this page's life only: it is not stored, and nothing here
 * sends it anywhere.
 */
import { readonly, ref, shallowRef } from 'vue'
import type { Place } from '../domain/base/place.ts'

/** `absent`: this browser has no position to give here, over plain http for instance. */
type PositionState = 'unasked' | 'asking' | 'known' | 'denied' | 'failed' | 'absent'

interface Position extends Place {
  readonly accuracyMetres: number
}

/** A receiver that was just switched on needs about half a minute under the sky. */
const TIMEOUT_MS = 30_000
/** A position of a minute ago is near enough for somebody on foot. */
const AGE_MAX_MS = 60_000
/** `PERMISSION_DENIED` of the Geolocation API. */
const DENIED = 1

const position = shallowRef<Position | null>(null)
const state = ref<PositionState>('unasked')

/** True when it became known. */
async function ask(): Promise<boolean> {
  if (!isSecureContext || !('geolocation' in navigator)) {
    state.value = 'absent'
    return false
  }
  state.value = 'asking'
  try {
    const { coords } = await new Promise<GeolocationPosition>((resolve, reject) => {
      const options = { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: AGE_MAX_MS }
      navigator.geolocation.getCurrentPosition(resolve, reject, options)
    })
    const { latitude: lat, longitude: lon, accuracy: accuracyMetres } = coords
    position.value = { lat, lon, accuracyMetres }
    state.value = 'known'
    return true
  } catch (error) {
    position.value = null
    state.value = (error as Partial<GeolocationPositionError>).code === DENIED ? 'denied' : 'failed'
    return false
  }
}

export function usePosition() {
  return { position: readonly(position), state: readonly(state), ask }
}
