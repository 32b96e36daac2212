/** Whose cities an act concerns: whoever does it has the role in each of them, and it stands in the journal of that city, or of the province. */
import type { CityId } from '../../../src/domain/base/city.ts'
import type { Role } from '../../../src/domain/ledger/operator.ts'
import type { Deps } from '../../base/deps.ts'
import type { HttpContext } from '../../http/env.ts'
import { type Operator, requireCity } from '../../http/operator.ts'

/** Without any it is everybody’s. */
export function requireCities(
  c: HttpContext,
  deps: Deps,
  operator: Operator,
  { role, cities }: { role: Role | readonly Role[]; cities: readonly CityId[] },
): void {
  if (cities.length === 0) requireCity(c, deps, operator, { role, city: undefined })
  for (const city of cities) requireCity(c, deps, operator, { role, city })
}

/** Of one city it is that city’s office’s; of several, the province’s. */
export function officeOf([city, ...others]: readonly CityId[]): { city?: CityId } {
  return city !== undefined && others.length === 0 ? { city } : {}
}
