/** That a helper logged an act. Apart, because lists say it. */
import { defineText } from '../define-text.ts'

export const byHelperText = defineText(
  { by: (name: string) => `由${name}代记`, byLabel: '谁记的' },
  { by: (name: string) => `logged by ${name}`, byLabel: 'Who logged it' },
)
