/** The language on the screen. Kept here, below the components, so that every text follows it. */
import { ref } from 'vue'

export type Language = 'zh-CN' | 'en'

export const language = ref<Language>('zh-CN')
