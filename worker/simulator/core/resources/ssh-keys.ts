import { createHash } from 'node:crypto'
import { uniquenessError } from '../errors.ts'
import { created, noContent, ok, type Context, type Reply } from '../http.ts'
import { listTable } from '../list.ts'
import type { Route } from '../router.ts'
import { toTimestamp } from '../time.ts'
import type { SshKeyRecord } from '../types.ts'
import { applyNameAndLabels, assertNameFree, assertWithinLimit, requireRecord } from './shared.ts'

const KEY = /^(ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+) ([A-Za-z0-9+/]+={0,2})(?: .*)?$/

/** SSH keys. They have no actions. */
export function sshKeyRoutes(): Route[] {
  return [
    { method: 'GET', path: '/ssh_keys', handler: listSshKeys },
    { method: 'POST', path: '/ssh_keys', handler: createSshKey },
    { method: 'GET', path: '/ssh_keys/{id}', handler: (context) => ok({ ssh_key: toWire(requireKey(context)) }) },
    { method: 'PUT', path: '/ssh_keys/{id}', handler: updateSshKey },
    { method: 'DELETE', path: '/ssh_keys/{id}', handler: deleteSshKey },
  ]
}

/** MD5 of the key blob in colon-separated hex. */
export function fingerprintOf(publicKey: string): string {
  const blob = Buffer.from(KEY.exec(publicKey)?.[2] ?? '', 'base64')
  return createHash('md5')
    .update(blob)
    .digest('hex')
    .replaceAll(/..(?=.)/g, '$&:')
}

function listSshKeys(context: Context): Reply {
  const fingerprint = context.query.get('fingerprint')
  return listTable(context, context.world.tables.ssh_keys, {
    key: 'ssh_keys',
    sort: { id: (key) => key.id, name: (key) => key.name },
    toWire,
    name: (key) => key.name,
    labels: (key) => key.labels,
    ...(fingerprint ? { filter: (key: SshKeyRecord) => key.fingerprint === fingerprint } : {}),
  })
}

function createSshKey(context: Context): Reply {
  const { world, project, body, now } = context
  const labels = body.labels() ?? {}
  const name = body.requiredString('name')
  const publicKey = body.requiredString('public_key').trim()
  if (!KEY.test(publicKey)) body.problem('public_key', 'must be a valid SSH public key')
  body.check()
  const keys = world.tables.ssh_keys.of(project.id)
  const fingerprint = fingerprintOf(publicKey)
  assertNameFree(context, keys, name, undefined, 'SSH key with the same name already exists')
  if (keys.some((key) => key.fingerprint === fingerprint)) {
    throw uniquenessError('SSH key with the same fingerprint already exists', 'public_key')
  }
  assertWithinLimit(context, 'ssh_keys', 'ssh_key')
  const record: SshKeyRecord = {
    id: world.nextId('ssh_keys'),
    project: project.id,
    name,
    fingerprint,
    publicKey,
    labels,
    created: now,
  }
  return created({ ssh_key: toWire(world.tables.ssh_keys.put(record)) })
}

function updateSshKey(context: Context): Reply {
  const key = requireKey(context)
  applyNameAndLabels(context, key, context.world.tables.ssh_keys.of(context.project.id), {
    message: 'SSH key with the same name already exists',
  })
  return ok({ ssh_key: toWire(context.world.tables.ssh_keys.put(key)) })
}

function deleteSshKey(context: Context): Reply {
  context.world.tables.ssh_keys.delete(requireKey(context).id)
  return noContent()
}

function requireKey(context: Context): SshKeyRecord {
  return requireRecord(context, 'ssh_keys', 'ssh key')
}

function toWire(key: SshKeyRecord): object {
  return {
    id: key.id,
    name: key.name,
    fingerprint: key.fingerprint,
    public_key: key.publicKey,
    labels: key.labels,
    created: toTimestamp(key.created),
  }
}
