/** Opens the form with a past act in it. What somebody had begun there is one tap away. */
import type { Router } from 'vue-router'
import { useToast } from '../../composables/useToast.ts'
import type { PastAct } from '../../domain/evidence/past-act.ts'
import { useLogDraftStore } from '../../stores/log-draft.ts'
import { language } from '../../text/language.ts'
import { logText } from '../../text/log/log.ts'

export async function openFilled(act: PastAct, router: Router): Promise<void> {
  const t = logText[language.value]
  const form = useLogDraftStore()
  const before = form.fill(act)
  await router.push(`/log?code=${act.code}`)
  if (!before) return
  useToast().show({ text: t.replaced, action: { label: t.putBack, run: () => form.restore(before) } })
}
