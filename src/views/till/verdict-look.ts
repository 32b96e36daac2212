/** How each verdict looks: colour and shape together, so that either is enough. */
import type { Component } from 'vue'
import IconAccepted from '~icons/ph/check-circle-fill'
import IconBefore from '~icons/ph/clock-counter-clockwise-fill'
import IconExpired from '~icons/ph/hourglass-low-fill'
import IconEnded from '~icons/ph/prohibit-fill'
import IconCode from '~icons/ph/qr-code'
import IconCannot from '~icons/ph/question-fill'
import IconReady from '~icons/ph/seal-check'
import IconShop from '~icons/ph/storefront-fill'
import IconNotWritten from '~icons/ph/warning-diamond-fill'
import IconForged from '~icons/ph/warning-octagon-fill'
import IconWrong from '~icons/ph/x-square-fill'
import type { VerdictKind } from '../../domain/till/verdict.ts'
import type { Said } from '../../stores/till-desk.ts'

/** `ready` asks for a tap, `yes` is for handing out, the others are not; `unsure` may be mended by connecting. */
type VerdictTone = 'ready' | 'yes' | 'warn' | 'no' | 'unsure'

interface VerdictLook {
  readonly tone: VerdictTone
  readonly icon: Component
}

const LOOKS: { readonly [Each in VerdictKind | 'accepted' | 'not_written']: VerdictLook } = {
  accept: { tone: 'ready', icon: IconReady },
  accepted: { tone: 'yes', icon: IconAccepted },
  already_accepted: { tone: 'warn', icon: IconBefore },
  expired: { tone: 'warn', icon: IconExpired },
  other_shop: { tone: 'warn', icon: IconShop },
  forged: { tone: 'no', icon: IconForged },
  ended: { tone: 'no', icon: IconEnded },
  wrong_number: { tone: 'no', icon: IconWrong },
  not_written: { tone: 'no', icon: IconNotWritten },
  not_a_voucher: { tone: 'unsure', icon: IconCode },
  damaged: { tone: 'unsure', icon: IconCode },
  cannot_check: { tone: 'unsure', icon: IconCannot },
}

/** What stands on the screen: the verdict, until it was acted on. */
export function signOf({ step, verdict }: Said): VerdictKind | 'accepted' | 'not_written' {
  return step === 'checked' ? verdict.kind : step
}

export function lookOf(said: Said): VerdictLook {
  return LOOKS[signOf(said)]
}
