/**
 * A tap that came to nothing is said, whoever forgot to: what a handler throws, or its promise, and nobody catches ends here, once for all of
 * the app. What else goes wrong, in rendering or while nobody waits for an answer, is no tap's and goes on as if nobody had listened.
 */

import { refusedText } from '../text/app/refused.ts'
import { language } from '../text/language.ts'
import { useToast } from './useToast.ts'

/** Vue's name of where it happened; a build says the number of it alone. */
const OF_A_TAP = /(native|component) event handler$|#runtime-[56]$/
/** It is read and acted upon: there may be room to make first. */
const READ_MS = 15_000

/** For `app.config.errorHandler`. @param isFull whether the phone refused the write because it is full */
export function tellRefused(isFull: (error: unknown) => boolean) {
  return (error: unknown, _instance: unknown, info: string): void => {
    const t = refusedText[language.value]
    const isTap = OF_A_TAP.test(info)
    if (isTap) useToast().show({ text: isFull(error) ? t.full : t.failed, ms: READ_MS })
    // A full phone is no fault of ours; anything else is found in the log as before.
    if (isTap && isFull(error)) return
    queueMicrotask(() => {
      throw error
    })
  }
}
