/** Reading aloud with the phone's own voice, sentence by sentence, until the end, a tap, or until the page is left. */
import { onScopeDispose, readonly, ref } from 'vue'

/** A voice that has not begun by then is none. */
const BEGIN_WITHIN_MS = 5000
interface Reading {
  readonly text: string
  /** `zh-CN` or `en`. */
  readonly language: string
  /** There is no voice for the language, or it does not begin. */
  readonly onFailed: () => void
}

export function useSpeech() {
  const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined
  const isSpeaking = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function stop(): void {
    clearTimeout(timer)
    if (!isSpeaking.value) return
    isSpeaking.value = false
    speech?.cancel()
  }

  function speak({ text, language, onFailed }: Reading): void {
    if (!speech) return
    speech.cancel()
    const fail = () => {
      if (!isSpeaking.value) return
      stop()
      onFailed()
    }
    isSpeaking.value = true
    const voice = voiceFor(speech, language)
    if (voice === null) {
      fail()
      return
    }
    const parts = sentences(text).map((sentence) => {
      const part = new SpeechSynthesisUtterance(sentence)
      part.lang = voice?.lang ?? language
      if (voice) part.voice = voice
      part.onstart = () => clearTimeout(timer)
      part.onerror = ({ error }) => {
        if (error !== 'canceled' && error !== 'interrupted') fail()
      }
      return part
    })
    const last = parts.at(-1)
    if (last) last.onend = stop
    timer = setTimeout(fail, BEGIN_WITHIN_MS)
    for (const part of parts) speech.speak(part)
  }

  addEventListener('pagehide', stop)
  onScopeDispose(() => {
    removeEventListener('pagehide', stop)
    stop()
  })

  return { isSupported: speech !== undefined, isSpeaking: readonly(isSpeaking), speak, stop }
}

/** Those on the phone itself first: they speak without a network. Undefined: the list is not known yet; null: none speaks this language. */
function voiceFor(speech: SpeechSynthesis, language: string): SpeechSynthesisVoice | undefined | null {
  const voices = speech.getVoices()
  if (voices.length === 0) return undefined
  const tag = (voice: SpeechSynthesisVoice) => voice.lang.replace('_', '-').toLowerCase()
  const start = language.slice(0, 2)
  const fitting = voices.filter(
    (voice) => tag(voice).startsWith(start) || (start === 'zh' && tag(voice).startsWith('cmn')),
  )
  const rank = (voice: SpeechSynthesisVoice) =>
    (voice.localService ? 2 : 0) + (tag(voice) === language.toLowerCase() ? 1 : 0)
  return fitting.toSorted((a, b) => rank(b) - rank(a))[0] ?? null
}

/**
 * Cut after what ends a sentence, but not within a number such as 2.5: one browser falls silent in the middle of anything that takes longer
 * than some fifteen seconds.
 */
function sentences(text: string): string[] {
  const lines = text.replace(/([。！？；])|([.!?;])\s+/g, '$1$2\n').split('\n')
  return lines.map((line) => line.trim()).filter((line) => line !== '')
}
