/** The packs that the app ships, typed. A published pack is frozen: a new version is a new file, and the old one stays. */
import type { Pack, Packs } from '../pack.ts'
import sdDemoV1 from './sd-demo-v1.json' with { type: 'json' }
import sdDemoV2 from './sd-demo-v2.json' with { type: 'json' }
import sdDemoV3 from './sd-demo-v3.json' with { type: 'json' }

export const SD_DEMO_V1 = sdDemoV1 as Pack
export const SD_DEMO_V2 = sdDemoV2 as Pack
export const SD_DEMO_V3 = sdDemoV3 as Pack

export const PACKS: Packs = [SD_DEMO_V1, SD_DEMO_V2, SD_DEMO_V3]
