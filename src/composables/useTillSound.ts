/**
 * What a till's verdict sounds and feels like, for whoever looks at the customer and not at the screen. Each has a tune of its own: up is yes,
 * down is no. Browsers give sound only after a tap, and some none at all: it is never the only sign.
 */
import type { VerdictKind } from '../domain/till/verdict.ts'

type TillSound = VerdictKind | 'accepted' | 'not_written'

/** Hertz of each tone, one after the other. */
const TUNES: { readonly [Each in TillSound]: readonly number[] } = {
  accept: [880],
  accepted: [660, 880, 1320],
  already_accepted: [440, 440, 330],
  expired: [520, 392],
  other_shop: [392, 262],
  forged: [196, 165, 131],
  ended: [330, 220],
  not_a_voucher: [300],
  damaged: [300, 340],
  wrong_number: [262, 262],
  cannot_check: [400, 360, 400],
  not_written: [220, 165, 220, 165],
}
const TONE_SECONDS = 0.13
const VIBRATE_YES = [60]
const VIBRATE_NO = [120, 80, 120]

let audio: AudioContext | undefined

/** At a tap, or the browser keeps it silent. */
export function wakeTillSound(): void {
  if (typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  void audio.resume().catch(() => undefined)
}

export function playTillSound(sound: TillSound, { isMute }: { isMute: boolean }): void {
  navigator.vibrate?.(sound === 'accept' || sound === 'accepted' ? VIBRATE_YES : VIBRATE_NO)
  if (isMute || audio?.state !== 'running') return
  for (const [i, hertz] of TUNES[sound].entries()) {
    const at = audio.currentTime + i * TONE_SECONDS
    const tone = audio.createOscillator()
    const loudness = audio.createGain()
    tone.frequency.value = hertz
    // Without a ramp each tone ends in a click.
    loudness.gain.setValueAtTime(0.3, at)
    loudness.gain.exponentialRampToValueAtTime(0.001, at + TONE_SECONDS)
    tone.connect(loudness).connect(audio.destination)
    tone.start(at)
    tone.stop(at + TONE_SECONDS)
  }
}
