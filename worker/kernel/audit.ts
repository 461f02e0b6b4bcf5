/** Every recorded action (P1.5): a closed union, so that filters, translations and tests can be complete. */
export const auditActions = [
  'instance.claim',
  'user.sign_in',
  'user.sign_out',
  'user.step_up',
  'user.enrol',
  'user.preferences.update',
  'user.invite',
  'user.invite.revoke',
  'user.invite.accept',
  'user.suspend',
  'user.ban',
  'user.reactivate',
  'user.deactivate',
  'user.set_role',
  'user.set_permissions',
  'grant.add',
  'grant.remove',
  'session.revoke',
  'session.revoke_all',
  'session.rename',
  'session.refresh_reuse',
  'passkey.add',
  'passkey.rename',
  'passkey.remove',
  'recovery_codes.create',
  'recovery_codes.use',
  'api_key.create',
  'api_key.update',
  'api_key.rotate',
  'api_key.revoke',
  'api_key.use',
  'api_key.request_approval',
  'api_key.approve',
  'api_key.refuse',
  'password.set',
  'password.remove',
  'totp.begin',
  'totp.confirm',
  'totp.remove',
  'instance.set_sign_in',
  'user.set_sign_in',
  'account.add',
  'account.rename',
  'account.replace_token',
  'account.pause',
  'account.resume',
  'account.remove',
  'account.reencrypt',
  'account.sync',
  'server.start',
  'server.stop',
  'server.reboot',
  'server.power_off',
  'server.reset',
  'server.create',
  'server.delete',
  'server.rebuild',
  'server.resize',
  'server.configure',
  'server.console',
  'resource.create',
  'resource.update',
  'resource.delete',
  'resource.act',
  'server.annotate',
  'server.lock',
  'server.unlock',
  'server.outside_change',
  'resource.outside_change',
  'protection.update',
  'alert.raise',
  'alert.acknowledge',
  'country.confirm',
  'country.forget',
] as const
export type AuditAction = (typeof auditActions)[number]

export const auditTargets = [
  'instance',
  'user',
  'session',
  'passkey',
  'account',
  'server',
  'api_key',
  'resource',
] as const
export type AuditTargetType = (typeof auditTargets)[number]

export interface AuditTarget {
  type: AuditTargetType
  id: string
  /** Its name at the time. */
  name: string
}

/** Anything at the provider but a server, by the provider's kind and id; the id is '' of what is only to be made. */
export const resourceTarget = (kind: string, id: string, name: string | null): AuditTarget => ({
  type: 'resource',
  id: `${kind}:${id}`,
  name: name ?? (id === '' ? kind : `${kind} ${id}`),
})

/** `started` is written before anything runs; every other phase ends the operation. `accepted` awaits a last row. */
export const auditPhases = ['started', 'accepted', 'succeeded', 'failed', 'unknown', 'denied', 'refused'] as const
export type AuditPhase = (typeof auditPhases)[number]

export const sources = ['web', 'api', 'gateway', 'cron', 'system'] as const
export type Source = (typeof sources)[number]

/** Allow-listed facts only: flat, small, never a secret. */
export type Snapshot = Record<string, string | number | boolean | null>

export interface AuditEntry {
  id: string
  operationId: string
  at: number
  phase: AuditPhase
  action: AuditAction
  actorKind: 'anonymous' | 'user' | 'system'
  actorId: string
  actorName: string
  targetType: AuditTargetType
  targetId: string
  targetName: string
  reason: string | null
  /** An error code for failed, denied and refused rows. */
  errorCode: string | null
  source: Source
  ip: string | null
  userAgent: string | null
  requestId: string
  before: Snapshot | null
  after: Snapshot | null
  /** The API key that stood for the person, and its name at the time. */
  keyId: string | null
  keyName: string | null
}
