/** The stations a person marked on this phone. Ids only, so that nothing goes stale. */
import { readonly, shallowRef } from 'vue'

const KEY = 'gt-favourite-stations'
/** More than anybody uses, so that the list stays a list of favourites. */
const FAVOURITES_MAX = 50

const favourites = shallowRef<readonly string[]>(read())

export function useFavouriteStations() {
  function toggle(id: string): void {
    const others = favourites.value.filter((each) => each !== id)
    const isNew = others.length === favourites.value.length
    favourites.value = isNew ? [id, ...others].slice(0, FAVOURITES_MAX) : others
    write(favourites.value)
  }
  return { favourites: readonly(favourites), toggle }
}

function read(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored)
      ? stored.filter((each) => typeof each === 'string').slice(0, FAVOURITES_MAX)
      : []
  } catch {
    return []
  }
}

/** A browser that refuses storage keeps the list until the page is closed. */
function write(list: readonly string[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(list))
  } catch {}
}
