/** Addresses of the desk, behind `/ops`. After each step the title is set and the focus is put on the page's heading. */
import { nextTick } from 'vue'
import { createRouter, createWebHistory, type Router } from 'vue-router'
import { language } from '../../text/language.ts'
import { deskPageTitles } from '../../text/ops/page-titles.ts'
import { shellText } from '../../text/ops/shell.ts'
import { type Desk, maySee } from '../desk.ts'
import { DESK_PAGES, type DeskPageEntry } from './desk-pages.ts'

export function createDeskRouter({ session }: Pick<Desk, 'session'>): Router {
  const first = () =>
    DESK_PAGES.find((page) => maySee(session.value, page.roles)) ?? (DESK_PAGES[0] as DeskPageEntry)
  const router = createRouter({
    history: createWebHistory('/ops'),
    routes: [
      ...DESK_PAGES.map(({ name, path, component }) => ({ name, path, component })),
      // The page itself asks for the passkey; the shell shows it to whoever is not signed in.
      { path: '/enrol', name: 'enrol', component: { render: () => null } },
      { path: '/:rest(.*)*', name: 'start', redirect: () => first().path.replace(/\/:.*$/, '') },
    ],
  })
  router.afterEach(async ({ name, path }, from) => {
    // A list that is asked otherwise: whoever types goes on typing.
    if (path === from.path && from.matched.length > 0) return
    const page = DESK_PAGES.find((each) => each.name === name)
    const { [language.value]: shell } = shellText
    document.title = page ? `${deskPageTitles[language.value][page.name]} · ${shell.desk}` : shell.desk
    await nextTick()
    document.querySelector<HTMLElement>('main h1')?.focus()
  })
  return router
}
