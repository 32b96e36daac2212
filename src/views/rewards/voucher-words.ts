/** What a voucher is called and how long it lasts, from its row and what the phone knows of its offer. */
import type { Component } from 'vue'
import IconTicket from '~icons/ph/ticket'
import { offerIcons } from '../../components/offer/offer-icons.ts'
import type { Offer } from '../../domain/offers/offer.ts'
import { commonText } from '../../text/app/common.ts'
import { formatDuration } from '../../text/format.ts'
import { daysUntil, formatDate } from '../../text/format-date.ts'
import type { Language } from '../../text/language.ts'
import { rewardsText } from '../../text/rewards/rewards.ts'

interface VoucherName {
  readonly title: string
  readonly merchant: string
  readonly isSample: boolean
  readonly icon: Component
}

/** An offer that was taken down is no longer known by name; its voucher is as good as before. */
export function nameOf(offer: Offer | undefined, language: Language, merchantId = ''): VoucherName {
  if (!offer)
    return {
      title: rewardsText[language].voucherTitle,
      merchant: merchantId,
      isSample: false,
      icon: IconTicket,
    }
  const isEn = language === 'en'
  return {
    title: isEn ? offer.titleEn : offer.titleZh,
    merchant: isEn ? offer.merchantEn : offer.merchantZh,
    isSample: offer.sample,
    icon: offerIcons[offer.category],
  }
}

/** "有效至 12月3日 · 还有 13 天"; on the last day the hours. `expiresAt` is the first instant after it. */
export function validityWords(expiresAt: number, now: number, language: Language): string {
  const t = rewardsText[language]
  const lastMoment = expiresAt - 1
  const days = daysUntil(lastMoment, now)
  if (days === 0) return `${t.validUntilToday} · ${t.hoursLeft(formatDuration(expiresAt - now, language))}`
  return `${t.validUntil(formatDate(lastMoment, now, language))} · ${commonText[language].daysLeft(days)}`
}
