/** Where the page starts: how this phone shows the app is put on before the first paint, then the app is built and mounted. */
import './styles/tokens.css'
import './styles/base.css'
import './styles/layout.css'
import './styles/controls.css'
import './styles/reader.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { applyElder } from './composables/useElder.ts'
import { catchInstallPrompt } from './composables/useInstallPrompt.ts'
import { applyLanguage } from './composables/useLanguage.ts'
import { applyTheme } from './composables/useTheme.ts'
import { router } from './router.ts'

applyTheme()
applyElder()
applyLanguage()
catchInstallPrompt()

createApp(App).use(createPinia()).use(router).mount('#app')
