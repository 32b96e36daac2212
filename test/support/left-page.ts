/** Pages of several files share a process: what one of them leaves on, chosen or stored, the next one does not find. */
import { disableAutoUnmount, enableAutoUnmount } from '@vue/test-utils'
import { afterAll } from 'vitest'
import { language } from '../../src/text/language.ts'

disableAutoUnmount() // of the file before: it may stand only once
enableAutoUnmount(afterAll)
afterAll(() => {
  language.value = 'zh-CN'
  localStorage.clear()
  sessionStorage.clear()
})
