import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../worker/provider/hetzner/errors.ts'
import type { ProviderErrorKind } from '../../../worker/provider/provider.ts'
import { orderedFetch } from '../../support/ordered-fetch.ts'
import { failureOf, providerHarness, testToken } from '../../support/provider-harness.ts'

const base = 'https://provider.test/v1'
const envelope = (code: string, message = 'told so') => ({ error: { code, message, details: null } })

const byCode: [number, string, ProviderErrorKind][] = [
  [400, 'json_error', 'rejected'],
  [401, 'unauthorized', 'token_rejected'],
  [401, 'token_readonly', 'token_read_only'],
  [403, 'token_readonly', 'token_read_only'],
  [403, 'forbidden', 'forbidden'],
  [401, 'forbidden', 'forbidden'],
  [403, 'maintenance', 'maintenance'],
  [403, 'resource_limit_exceeded', 'quota'],
  [404, 'not_found', 'not_found'],
  [405, 'method_not_allowed', 'rejected'],
  [409, 'uniqueness_error', 'rejected'],
  [409, 'conflict', 'conflict'],
  [410, 'deprecated_api_endpoint', 'rejected'],
  [412, 'resource_unavailable', 'capacity'],
  [412, 'primary_ip_version_mismatch', 'rejected'],
  [412, 'source_port_already_used', 'rejected'],
  [422, 'invalid_input', 'rejected'],
  [422, 'service_error', 'rejected'],
  [422, 'unsupported_error', 'rejected'],
  [423, 'locked', 'locked'],
  [423, 'protected', 'protected'],
  [429, 'rate_limit_exceeded', 'rate_limited'],
  [500, 'server_error', 'unavailable'],
  [502, 'bad_gateway', 'unavailable'],
  [503, 'unavailable', 'unavailable'],
  [504, 'timeout', 'unavailable'],
]

const domainCodes =
  'server_not_stopped invalid_server_type already_in_placement_group server_already_attached ip_not_available ' +
  'no_subnet_available networks_overlap primary_ip_assigned primary_ip_already_assigned ' +
  'primary_ip_datacenter_mismatch server_has_ipv4 server_has_ipv6 server_is_load_balancer_target ' +
  'must_be_unassigned floating_ip_assigned volume_already_attached resource_in_use firewall_already_applied ' +
  'server_already_added incompatible_network_type private_net_only_server firewall_managed_by_label_selector ' +
  'invalid_load_balancer_type target_already_defined ip_not_owned ip_not_assigned_to_server incorrect_zone_mode'

describe('what a refusal means', () => {
  it.each(byCode)('%i %s is %s', (status, code, kind) => expect(kindOf(status, code)).toBe(kind))

  it.each(domainCodes.split(' '))('422 %s is rejected', (code) => expect(kindOf(422, code)).toBe('rejected'))

  it.each([
    ['placement_error', 'capacity'],
    ['no_space_left_in_location', 'capacity'],
  ] as const)('422 %s is about capacity', (code, kind) => expect(kindOf(422, code)).toBe(kind))

  it.each([
    [400, 'rejected'],
    [401, 'token_rejected'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [409, 'conflict'],
    [412, 'rejected'],
    [422, 'rejected'],
    [423, 'locked'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [520, 'unavailable'],
    [302, 'malformed'],
  ] as const)('a bare %i is %s', (status, kind) => expect(kindOf(status, null)).toBe(kind))

  it.each([
    [401, 'forbidden'],
    [403, 'forbidden'],
    [409, 'rejected'],
    [418, 'rejected'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
  ] as const)('a code nobody knows with a %i is %s, and never a dead token', (status, kind) =>
    expect(kindOf(status, 'brand_new_code')).toBe(kind),
  )
})

const power = async (reply: Parameters<typeof orderedFetch>[1][number]['reply']) => {
  const ordered = orderedFetch(base, [{ method: 'POST', url: '/servers/1/actions/reset', reply }])
  const { provider } = providerHarness({ fetch: ordered.fetch, timeouts: { readMs: 20, writeMs: 20 } })
  const error = await failureOf(provider.power('1', 'reset'))
  ordered.verify()
  return error
}

describe('the facts of a failure', () => {
  it('carries code, status, message and correlation id', async () => {
    const headers = { 'X-Correlation-Id': '0123456789abcdef' }
    const error = await power({ status: 423, json: envelope('locked', 'server is locked'), headers })
    expect(error.kind).toBe('locked')
    expect(error.facts).toEqual({
      method: 'POST',
      path: '/servers/1/actions/reset',
      status: 423,
      providerCode: 'locked',
      correlationId: '0123456789abcdef',
      detail: 'server is locked',
      maybeSent: false,
    })
  })

  it.each([
    [400, false],
    [401, false],
    [409, false],
    [422, false],
    [423, false],
    [500, true],
    [502, true],
    [503, false],
    [504, true],
    [520, true],
  ])('a write answered with %i may have been carried out: %s', async (status, maybeSent) => {
    // A bare 409 is repeated; the code keeps this to one request.
    const error = await power({ status, json: envelope('some_code') })
    expect(error.facts.maybeSent).toBe(maybeSent)
  })

  it('reads a status from an answer that is not JSON', async () => {
    const error = await power({ status: 502, text: '<html>\n<h1>Bad   Gateway</h1></html>' })
    expect(error.kind).toBe('unavailable')
    expect(error.facts).toMatchObject({
      status: 502,
      providerCode: null,
      detail: 'HTTP 502 <html> <h1>Bad Gateway</h1></html>',
    })
  })

  it('says a write that timed out may have been carried out', async () => {
    const error = await power('never')
    expect(error.kind).toBe('timeout')
    expect(error.facts.maybeSent).toBe(true)
  })

  it('says a write whose connection broke may have been carried out', async () => {
    const error = await power(new TypeError('connection reset'))
    expect(error.kind).toBe('unreachable')
    expect(error.facts.maybeSent).toBe(true)
  })

  it('says a write whose answer cannot be read may have been carried out', async () => {
    const error = await power({ status: 201, text: '{"action":{"id":1,"comm' })
    expect(error.kind).toBe('malformed')
    expect(error.facts.maybeSent).toBe(true)
  })

  it('never repeats the token, even when the answer does', async () => {
    const error = await power({ status: 400, json: envelope('json_error', `bad header Bearer ${testToken}`) })
    expect(error.facts.detail).toBe('bad header Bearer [token]')
    expect(error.message).not.toContain(testToken)
  })
})
