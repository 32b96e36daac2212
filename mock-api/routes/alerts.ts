/** Warnings for everybody, as JSON or as CAP's own XML, and the operator's way to publish one. */
import { accepts } from 'hono/accepts'
import { cityById } from '../../src/content/registry.ts'
import { alertDraftSchema } from '../../src/contract/alert.ts'
import { CITY_IDS } from '../../src/domain/base/city.ts'
import { type Alert, concerns } from '../../src/domain/taking-part/alert.ts'
import type { Deps } from '../base/deps.ts'
import { actInOffice } from '../book/act-in-office.ts'
import { alertIdOf, publishAlertAct } from '../desk/feed-acts.ts'
import { alertsOf, composeAlert, findAlert, leadingAlert } from '../feeds/alerts.ts'
import { CAP_TYPE, capXml } from '../feeds/cap-xml.ts'
import { tagged, taggedJson } from '../http/answer.ts'
import { readJson } from '../http/body.ts'
import type { HttpContext } from '../http/env.ts'
import { requireRole } from '../http/operator.ts'
import { ProblemError } from '../http/problem.ts'
import { officeOf, requireCities } from './desk/cities.ts'
import { cityParam } from './public.ts'

const XML_ENDING = '.xml'
/** An alert in two languages with all its texts at their longest. */
export const DRAFT_BYTES_MAX = 64 * 1024

/**
 * All of a city's as JSON. One document of CAP holds one alert: who asks for XML gets the gravest that holds now, and the addresses of all in
 * the Link header.
 */
export async function readCityAlerts(c: HttpContext, deps: Deps): Promise<Response> {
  const answer = await alertsOf(deps, cityParam(c))
  if (!wantsXml(c)) return vary(taggedJson(c, answer))
  const leading = leadingAlert(answer, deps.now())
  if (!leading) throw new ProblemError('not_found')
  const response = xml(c, leading)
  for (const { identifier } of answer.alert)
    response.headers.append('link', `</api/v1/alerts/${identifier}.xml>; rel="item"; type="${CAP_TYPE}"`)
  return response
}

/** `…/alerts/<identifier>` or `…/alerts/<identifier>.xml`. */
export async function readOneAlert(c: HttpContext, deps: Deps): Promise<Response> {
  const asked = c.req.param('identifier') ?? ''
  const isXml = asked.endsWith(XML_ENDING)
  const alert = await findAlert(deps, isXml ? asked.slice(0, -XML_ENDING.length) : asked)
  if (!alert) throw new ProblemError('not_found')
  return isXml || wantsXml(c) ? xml(c, alert) : vary(taggedJson(c, alert))
}

export async function publishAlertRoute(c: HttpContext, deps: Deps): Promise<Alert> {
  const operator = await requireRole(c, deps, 'catalog', { stepUp: true })
  const payload = await readJson(c, alertDraftSchema, DRAFT_BYTES_MAX)
  const { alert } = await composeAlert(deps, payload, alertIdOf(operator.actId))
  const concerned = CITY_IDS.filter((city) => concerns(alert, cityById(city).adcode))
  requireCities(c, deps, operator, { role: 'catalog', cities: concerned })
  return actInOffice(deps, operator, {
    ...{ act: publishAlertAct, subject: `alert ${alert.identifier}`, payload },
    ...officeOf(concerned),
  })
}

function wantsXml(c: HttpContext): boolean {
  const supports = ['application/json', CAP_TYPE]
  return accepts(c, { header: 'Accept', supports, default: 'application/json' }) === CAP_TYPE
}

function xml(c: HttpContext, alert: Alert): Response {
  return vary(tagged(c, capXml(alert), { type: `${CAP_TYPE}; charset=utf-8` }))
}

function vary(response: Response): Response {
  response.headers.append('vary', 'Accept')
  return response
}
