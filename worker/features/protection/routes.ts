import type { ApiRouter } from '../../http/index.ts'
import { acknowledgeAlert, acknowledgeAllAlerts, listAlerts } from './alerts.ts'
import { confirmOwnCountry, forgetOwnCountry, listCountries } from './countries.ts'
import * as schemas from './schemas.ts'
import { getProtection, updateProtection } from './settings.ts'

const tag = 'Protection'
const change = { permission: 'users:govern', recordsRefusals: true } as const

/** What watches over sign-ins and requests, and what owners are told of it (P1.4, G8). */
export function protectionRoutes(api: ApiRouter): void {
  settingsRoutes(api)
  alertRoutes(api)
  countryRoutes(api)
}

function settingsRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/protection',
      permission: 'users:govern',
      tag,
      summary: 'The rules that watch, and from where owners may work',
      response: schemas.protectionSchema,
    },
    ({ ctx }) => getProtection(ctx),
  )
  api.add(
    {
      method: 'put',
      path: '/protection',
      ...change,
      tag,
      summary: 'Change the rules and the owners’ addresses',
      description: 'Needs a fresh passkey proof. A list without your own address is refused.',
      body: schemas.protectionInput,
      response: schemas.protectionSchema,
    },
    ({ ctx, body }) => updateProtection(ctx, body),
  )
}

function alertRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/alerts',
      permission: 'users:govern',
      tag,
      summary: 'What owners were told',
      description: 'Newest first, with the number nobody has acknowledged.',
      query: schemas.listAlertsInput,
      response: schemas.alertPage,
    },
    ({ ctx, query }) => listAlerts(ctx, query),
  )
  api.add(
    { method: 'post', path: '/alerts/acknowledge-all', ...change, tag, summary: 'Acknowledge every alert' },
    ({ ctx }) => acknowledgeAllAlerts(ctx),
  )
  api.add(
    {
      method: 'post',
      path: '/alerts/{alertId}/acknowledge',
      ...change,
      tag,
      summary: 'Acknowledge an alert',
      params: schemas.alertParams,
    },
    ({ ctx, params }) => acknowledgeAlert(ctx, params.alertId),
  )
}

function countryRoutes(api: ApiRouter): void {
  const own = { permission: 'self', tag, response: schemas.countryList } as const
  const params = schemas.countryParams
  api.add({ ...own, method: 'get', path: '/me/countries', summary: 'Countries you use' }, ({ ctx }) =>
    listCountries(ctx),
  )
  api.add(
    {
      ...own,
      method: 'put',
      path: '/me/countries/{country}',
      summary: 'Confirm a country',
      description: 'For a VPN or a journey: it is trusted from now on. Needs a fresh passkey proof.',
      params,
    },
    ({ ctx, params: { country } }) => confirmOwnCountry(ctx, country),
  )
  api.add(
    { ...own, method: 'delete', path: '/me/countries/{country}', summary: 'Trust a country no longer', params },
    ({ ctx, params: { country } }) => forgetOwnCountry(ctx, country),
  )
}
