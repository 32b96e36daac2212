/** A picture for each topic of news: those that the ledger and the city use for the same things. */
import type { Component } from 'vue'
import IconReturned from '~icons/ph/arrow-u-up-left'
import IconCity from '~icons/ph/buildings'
import IconOver from '~icons/ph/calendar-x'
import IconDraw from '~icons/ph/dice-five'
import IconGift from '~icons/ph/gift'
import IconSoon from '~icons/ph/hourglass-medium'
import IconReview from '~icons/ph/magnifying-glass'
import IconAnswer from '~icons/ph/megaphone-simple'
import IconCorrected from '~icons/ph/pencil-simple'
import IconVoucher from '~icons/ph/ticket'
import IconPlanting from '~icons/ph/tree'
import IconPickup from '~icons/ph/truck'
import IconAlert from '~icons/ph/warning'
import type { NewsTopic } from '../../domain/kinds/news.ts'

export const newsIcons: Readonly<Record<NewsTopic, Component>> = {
  review: IconReview,
  appeal: IconReview,
  answer: IconAnswer,
  pickup: IconPickup,
  planting: IconPlanting,
  corrected: IconCorrected,
  voucherReturned: IconReturned,
  voucherExpired: IconOver,
  voucherRefunded: IconReturned,
  dispute: IconReview,
  lotExpired: IconOver,
  drawWon: IconDraw,
  drawLost: IconDraw,
  lotEnds: IconSoon,
  offerBack: IconGift,
  voucherEnds: IconVoucher,
  alert: IconAlert,
  content: IconCity,
}
