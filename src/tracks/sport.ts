// What a file says that it was, in the words of many apps, reduced to what parts one trip from another and helps the first guess.

/** `other` and unknown words stay as they are: they only tell two activities apart. */
export type Sport = 'walk' | 'run' | 'bike' | 'ebike' | 'vehicle' | (string & {})

/** The first that fits: an e-bike is also a bike, a motorbike is none. */
const WORDS: readonly (readonly [RegExp, Sport])[] = [
  [/(?:^|[\s_-])e[-_ ]?bik|电动自行车|助力车/i, 'ebike'],
  [/motor|driv|\bcar\b|\bbus\b|train|metro|subway|\btransit\b|公交|地铁|驾车|开车/i, 'vehicle'],
  [/bik|cycl|\bride\b|骑/i, 'bike'],
  [/run|jog|跑/i, 'run'],
  [/walk|hik|foot|步|徒/i, 'walk'],
]

/** Strava's old exports write numbers. */
const NUMBERS: ReadonlyMap<string, Sport> = new Map([
  ['1', 'bike'],
  ['4', 'walk'],
  ['9', 'run'],
  ['10', 'walk'],
])

const SPORT_LENGTH_MAX = 40

export function sportOfWords(words: string | undefined): Sport | undefined {
  const text = words?.trim().slice(0, SPORT_LENGTH_MAX).toLowerCase()
  if (!text) return undefined
  return NUMBERS.get(text) ?? WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? text
}

/** FIT profile, `sport`: the ones that are a way to get somewhere. */
const FIT_SPORTS: Readonly<Record<number, Sport>> = {
  1: 'run',
  2: 'bike',
  11: 'walk',
  17: 'walk',
  21: 'ebike',
  22: 'vehicle',
  24: 'vehicle',
}
const FIT_GENERIC = 0

export function sportOfFit(sport: number | undefined): Sport | undefined {
  if (sport === undefined || sport === FIT_GENERIC || sport === 0xff) return undefined
  return FIT_SPORTS[sport] ?? `fit-${sport}`
}
