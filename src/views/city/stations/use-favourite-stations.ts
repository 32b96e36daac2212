/** The stations a person marked on this phone. Ids only, so that nothing goes stale. */
import { readonly, shallowRef } from 'vue'
import { isText, readList, writeList } from '../../../composables/phone-list.ts'

const KEY = 'gt-favourite-stations'
/** More than anybody uses, so that the list stays a list of favourites. */
const FAVOURITES_MAX = 50

const favourites = shallowRef<readonly string[]>(readList(KEY, isText, FAVOURITES_MAX))

export function useFavouriteStations() {
  function toggle(id: string): void {
    const others = favourites.value.filter((each) => each !== id)
    const isNew = others.length === favourites.value.length
    favourites.value = isNew ? [id, ...others].slice(0, FAVOURITES_MAX) : others
    writeList(KEY, favourites.value)
  }
  return { favourites: readonly(favourites), toggle }
}
