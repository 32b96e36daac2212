/** Import in test files that start a database: on a busy machine of two cores that takes longer than Vitest's ten seconds. */
import { vi } from 'vitest'

vi.setConfig({ hookTimeout: 90_000, testTimeout: 60_000 })
