/** Whether the browser believes there is a network. False is certain; true only means that trying makes sense. */
import { readonly, ref } from 'vue'

const isOnline = ref(typeof navigator === 'undefined' || navigator.onLine !== false)
let isListening = false

export function useOnline() {
  if (!isListening && typeof window !== 'undefined') {
    isListening = true
    window.addEventListener('online', () => {
      isOnline.value = true
    })
    window.addEventListener('offline', () => {
      isOnline.value = false
    })
  }
  return readonly(isOnline)
}
