/** 衣 食 住 行 用 捐: one icon a category. */
import type { Component } from 'vue'
import IconTravel from '~icons/ph/bicycle'
import IconFood from '~icons/ph/coffee'
import IconDonation from '~icons/ph/hand-heart'
import IconHome from '~icons/ph/house-line'
import IconGoods from '~icons/ph/shopping-bag'
import IconClothing from '~icons/ph/t-shirt'
import type { OfferCategory } from '../../domain/offers/offer.ts'

export const offerIcons: Readonly<Record<OfferCategory, Component>> = {
  clothing: IconClothing,
  food: IconFood,
  home: IconHome,
  travel: IconTravel,
  goods: IconGoods,
  donation: IconDonation,
}
