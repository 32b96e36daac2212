/** Between a form and its fields: somebody has tried to send it, so that a field which is still empty says so. */
import { type InjectionKey, inject, type Ref, ref } from 'vue'

export const formTried: InjectionKey<Readonly<Ref<boolean>>> = Symbol('form-tried')

/** For a field; never, where it stands in no form. */
export function useFormTried(): Readonly<Ref<boolean>> {
  return inject(formTried, ref(false))
}
