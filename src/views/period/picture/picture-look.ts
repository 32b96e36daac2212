/** The picture's sizes, and its colours: those of the app as the person sees it now, light or dark. */

export const FORMATS = {
  story: { width: 1080, height: 1920 },
  square: { width: 1080, height: 1080 },
} as const
export type PictureFormat = keyof typeof FORMATS

const COLOURS = ['bg', 'card', 'ink', 'ink2', 'line', 'green', 'green-mid', 'slate', 'amber', 'sunk'] as const
export type PictureLook = { readonly [Each in (typeof COLOURS)[number]]: string } & {
  readonly family: string
}

/** By styles/tokens.css as it holds on the page. */
export function lookOf(page: HTMLElement): PictureLook {
  const style = getComputedStyle(page)
  const colours = Object.fromEntries(
    COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Omit<PictureLook, 'family'>
  return { ...colours, family: style.fontFamily }
}
