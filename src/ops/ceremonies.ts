/** The browser's side of passkeys: what the backend asks for, what the authenticator answers, and back. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import {
  ceremonySchema,
  deskSessionSchema,
  enrolledSchema,
  type Passkeys,
  passkeysSchema,
} from '../contract/desk/operators.ts'
import type { DeskApi } from './desk-api.ts'

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON']
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON']

export async function signInByPasskey(api: DeskApi): Promise<void> {
  const response = await assertion(api, '/session/options')
  await api.send('POST', '/session', { response })
}

export async function confirmByPasskey(api: DeskApi): Promise<void> {
  const response = await assertion(api, '/session/step-up/options')
  await api.send('POST', '/session/step-up', { response }, deskSessionSchema)
}

export function signInAsSample(api: DeskApi, who: 'clerk' | 'approver'): Promise<void> {
  return api.send('POST', '/session/sample', { who })
}

/** By the link of an invitation, or the first administrator by the token. Answers the recovery codes. */
export async function enrol(
  api: DeskApi,
  who: { invitation: string } | { token: string; name: string },
  passkeyName: string,
): Promise<readonly string[]> {
  const headers = 'token' in who ? { authorization: `Bearer ${who.token}` } : {}
  const asked = 'token' in who ? { name: who.name } : { invitation: who.invitation }
  const { options } = await api.send('POST', '/enrol/options', asked, ceremonySchema, headers)
  const response = await registration(options)
  const invitation = 'token' in who ? {} : { invitation: who.invitation }
  const body = { response, passkeyName, ...invitation }
  return (await api.send('POST', '/enrol', body, enrolledSchema, headers)).codes
}

export async function addPasskey(api: DeskApi, passkeyName: string): Promise<Passkeys> {
  const { options } = await api.send('POST', '/passkeys/options', undefined, ceremonySchema)
  return api.send('POST', '/passkeys', { response: await registration(options), passkeyName }, passkeysSchema)
}

async function registration(options: object) {
  return startRegistration({ optionsJSON: options as CreationOptions })
}

async function assertion(api: DeskApi, path: string) {
  const { options } = await api.send('POST', path, undefined, ceremonySchema)
  return startAuthentication({ optionsJSON: options as unknown as RequestOptions })
}
