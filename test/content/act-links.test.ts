/** The hand-picked table points only to measures that exist and to acts that the methodology knows. */
import { expect, it } from 'vitest'
import { ACT_CODES, actsFor, linkedMeasureIds, measuresFor } from '../../src/content/act-links.ts'
import { loadAllCities, loadCity } from '../../src/content/registry.ts'

it('links measures that exist, to known acts, none twice', async () => {
  const known = new Set((await loadAllCities()).flatMap((pack) => pack.measures.map((one) => one.id)))
  expect(linkedMeasureIds.filter((id) => !known.has(id))).toEqual([])
  for (const id of linkedMeasureIds) {
    const codes = actsFor(id)
    expect(codes.length, id).toBeGreaterThan(0)
    expect(new Set(codes).size, id).toBe(codes.length)
    expect(
      codes.filter((code) => !ACT_CODES.includes(code)),
      id,
    ).toEqual([])
  }
})

it('gives every city something to do by bus, and a metro only where one runs', async () => {
  for (const id of ['jinan', 'qingdao', 'weifang', 'zibo', 'binzhou'] as const) {
    const prefix = (await loadCity(id)).measures[0]!.id.slice(0, 3)
    expect(
      measuresFor('bus').some((measure) => measure.startsWith(prefix)),
      id,
    ).toBe(true)
  }
  expect(measuresFor('metro').every((id) => /^(jn|qd)-/.test(id))).toBe(true)
})

it('answers none for a measure a person cannot help with', () => {
  expect(actsFor('jn-m-steel')).toEqual([])
  expect(measuresFor('no-such-act')).toEqual([])
})
