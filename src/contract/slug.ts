/** Names that people give to things and that stand in addresses. */
import * as v from 'valibot'

/** Things are kept in objects by their names, and to `constructor`, of all slugs, every object already answers. */
const SLUG = /^(?!constructor$)[a-z0-9][a-z0-9-]{0,63}$/

export const slug = v.pipe(v.string(), v.regex(SLUG, 'small letters, digits and -'))
