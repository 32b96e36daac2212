/** Where the desk's pages start, and the only place of theirs that takes the network, ids and times from the browser. */
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/layout.css'
import '../styles/controls.css'
import { createApp } from 'vue'
import { applyLanguage } from '../composables/useLanguage.ts'
import { applyTheme } from '../composables/useTheme.ts'
import { createDesk, deskKey } from './desk.ts'
import DeskApp from './shell/DeskApp.vue'
import { createDeskRouter } from './shell/desk-router.ts'

applyTheme()
applyLanguage()

const desk = createDesk({ reach: (path, init) => fetch(path, init), newId: () => crypto.randomUUID() })
createApp(DeskApp).provide(deskKey, desk).use(createDeskRouter(desk)).mount('#desk')
