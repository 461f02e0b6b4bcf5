import { invalidField, invalidInput } from '../../errors.ts'
import type { Context, Reply } from '../../http.ts'
import { changedDnsPtrs, covers } from '../primary-ip-records.ts'
import { requireServer } from '../shared.ts'
import { startServerAction } from './start.ts'

/** Sets or (null) resets the reverse name of one of the server's addresses. */
export function changeDnsPtr(context: Context): Reply {
  const server = requireServer(context)
  const { world, body } = context
  const ip = body.requiredString('ip')
  const name = body.string('dns_ptr') ?? null
  body.check()
  const owner = [server.ipv4, server.ipv6]
    .flatMap((id) => (id === null ? [] : (world.tables.primary_ips.get(id) ?? [])))
    .find((primary) => covers(primary, ip))
  if (!owner) throw invalidField('ip', 'IP is not assigned to the server')
  const dnsPtr = changedDnsPtrs(owner.dnsPtr, owner.type, ip, name)
  return startServerAction(context, server, {
    command: 'change_dns_ptr',
    seconds: 1,
    effects: [{ seconds: 1, effect: { type: 'set', kind: 'primary_ips', entity: owner.id, values: { dnsPtr } } }],
  })
}

/** Delete and rebuild protection always have the same value. */
export function changeProtection(context: Context): Reply {
  const server = requireServer(context)
  const { body } = context
  const protection = {
    delete: body.boolean('delete') ?? server.protection.delete,
    rebuild: body.boolean('rebuild') ?? server.protection.rebuild,
  }
  body.check()
  if (protection.delete !== protection.rebuild) {
    const messages = ['delete and rebuild must have the same value']
    throw invalidInput([
      { name: 'delete', messages },
      { name: 'rebuild', messages },
    ])
  }
  return startServerAction(context, server, { command: 'change_protection', seconds: 0, now: { protection } })
}
