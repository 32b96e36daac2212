/** What html-validate says against the page as it stands: nesting, labels, roles, forms. Of its rules, those on how markup is typed are off: a browser wrote it. */
import { HtmlValidate } from 'html-validate'
import type { Page } from 'playwright-core'

const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // A list may be named.
    'aria-label-misuse': ['error', { allowAnyNamable: true }],
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'no-trailing-whitespace': 'off',
    // A link that dials says more than the number.
    'tel-non-breaking': 'off',
    // Widths of bars and the like are figures, not looks.
    'no-inline-style': 'off',
  },
})

/** Rule, place and message of each finding; none means that the page is clean. */
export async function markupFaults(page: Page): Promise<string[]> {
  const { results } = await validator.validateString(await page.content())
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, selector, message }) => `${ruleId}: ${selector}: ${message}`),
  )
}
