import { describe, expect, it } from 'vitest'
import { ipMatches, isNetwork } from '../../../worker/kernel/ip.ts'

describe('an IP allowlist', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.255'],
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['0.0.0.0/0', '203.0.113.9'],
    ['10.0.0.0/8', '10.255.1.2'],
    ['128.0.0.0/1', '255.255.255.255'],
    ['2001:db8::/32', '2001:db8:ffff::1'],
    ['2001:db8::1', '2001:0DB8:0:0:0:0:0:1'],
    ['::/0', '2001:db8::1'],
    ['2001:db8:1:2::/64', '2001:db8:1:2:aaaa:bbbb:cccc:dddd'],
    ['64:ff9b::/96', '64:ff9b::192.0.2.1'],
    ['192.0.2.0/24', '::ffff:192.0.2.9'],
    ['::ffff:192.0.2.0/120', '192.0.2.9'],
    [' 192.0.2.0/24 ', '192.0.2.9'],
  ])('%s contains %s', (network, ip) => {
    expect(isNetwork(network)).toBe(true)
    expect(ipMatches([network], ip)).toBe(true)
  })

  it.each([
    ['192.0.2.0/24', '192.0.3.0'],
    ['192.0.2.7', '192.0.2.8'],
    ['10.0.0.0/8', '11.0.0.0'],
    ['0.0.0.0/0', '2001:db8::1'],
    ['::/0', '192.0.2.1'],
    ['2001:db8::/32', '2001:db9::'],
    ['2001:db8:1:2::/64', '2001:db8:1:3::'],
    ['::1', '::2'],
  ])('%s does not contain %s', (network, ip) => {
    expect(isNetwork(network)).toBe(true)
    expect(ipMatches([network], ip)).toBe(false)
  })

  it.each([
    '',
    'x',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.1.1',
    '192.0.02.1',
    '0x7f.0.0.1',
    '192.0.2.0/33',
    '192.0.2.0/-1',
    '192.0.2.0/',
    '192.0.2.0/24/8',
    '192.0.2.0/024',
    '192.0.2.7/24',
    '2001:db8::1/32',
    '2001:db8::/129',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3',
    'fe80::1%eth0',
    '::ffff:192.0.2.0/24',
    '192.0.2.0/24, 10.0.0.0/8',
  ])('does not take %j for a network, and lets nobody in by it', (text) => {
    expect(isNetwork(text)).toBe(false)
    expect(ipMatches([text], '192.0.2.1')).toBe(false)
    expect(ipMatches([text], '2001:db8::1')).toBe(false)
  })

  it('with nothing in it, or an address nobody knows, contains nothing', () => {
    expect(ipMatches([], '192.0.2.1')).toBe(false)
    expect(ipMatches(['0.0.0.0/0', '::/0'], null)).toBe(false)
    expect(ipMatches(['0.0.0.0/0', '::/0'], 'unknown')).toBe(false)
  })

  it('needs one of several', () => {
    expect(ipMatches(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'], '192.0.2.1')).toBe(true)
    expect(ipMatches(['10.0.0.0/8', '2001:db8::/32', '192.0.2.1'], '192.0.2.2')).toBe(false)
  })
})
