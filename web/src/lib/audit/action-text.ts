import type { components } from '#lib/api/schema.d.ts'
import { m } from '#lib/paraglide/messages.js'

export type AuditEntry = components['schemas']['AuditEntry']
export type AuditAction = AuditEntry['action']

/** Every recorded action in words. The order is that of the filter: servers first, they are most of it. */
const actionTexts = {
  'server.start': m.audit_server_start,
  'server.stop': m.audit_server_stop,
  'server.reboot': m.audit_server_reboot,
  'server.power_off': m.audit_server_power_off,
  'server.reset': m.audit_server_reset,
  'server.create': m.audit_server_create,
  'server.delete': m.audit_server_delete,
  'server.rebuild': m.audit_server_rebuild,
  'server.resize': m.audit_server_resize,
  'server.configure': m.audit_server_configure,
  'server.console': m.audit_server_console,
  'resource.create': m.audit_resource_create,
  'resource.update': m.audit_resource_update,
  'resource.delete': m.audit_resource_delete,
  'resource.act': m.audit_resource_act,
  'server.annotate': m.audit_server_annotate,
  'server.lock': m.audit_server_lock,
  'server.unlock': m.audit_server_unlock,
  'server.outside_change': m.audit_outside_change,
  'resource.outside_change': m.audit_outside_change,
  'account.add': m.audit_account_add,
  'account.sync': m.audit_account_sync,
  'account.rename': m.audit_account_rename,
  'account.replace_token': m.audit_account_replace_token,
  'account.pause': m.audit_account_pause,
  'account.resume': m.audit_account_resume,
  'account.remove': m.audit_account_remove,
  'account.reencrypt': m.audit_account_reencrypt,
  'user.sign_in': m.audit_user_sign_in,
  'user.sign_out': m.audit_user_sign_out,
  'user.step_up': m.audit_user_step_up,
  'user.enrol': m.audit_user_enrol,
  'user.preferences.update': m.audit_user_preferences_update,
  'user.invite': m.audit_user_invite,
  'user.invite.revoke': m.audit_user_invite_revoke,
  'user.invite.accept': m.audit_user_invite_accept,
  'user.suspend': m.audit_user_suspend,
  'user.ban': m.audit_user_ban,
  'user.reactivate': m.audit_user_reactivate,
  'user.deactivate': m.audit_user_deactivate,
  'user.set_role': m.audit_user_set_role,
  'user.set_permissions': m.audit_user_set_permissions,
  'grant.add': m.audit_grant_add,
  'grant.remove': m.audit_grant_remove,
  'session.revoke': m.audit_session_revoke,
  'session.revoke_all': m.audit_session_revoke_all,
  'session.rename': m.audit_session_rename,
  'session.refresh_reuse': m.audit_session_refresh_reuse,
  'passkey.add': m.audit_passkey_add,
  'passkey.rename': m.audit_passkey_rename,
  'passkey.remove': m.audit_passkey_remove,
  'recovery_codes.create': m.audit_recovery_codes_create,
  'recovery_codes.use': m.audit_recovery_codes_use,
  'api_key.create': m.audit_api_key_create,
  'api_key.update': m.audit_api_key_update,
  'api_key.rotate': m.audit_api_key_rotate,
  'api_key.revoke': m.audit_api_key_revoke,
  'api_key.use': m.audit_api_key_use,
  'api_key.request_approval': m.audit_api_key_request_approval,
  'api_key.approve': m.audit_api_key_approve,
  'api_key.refuse': m.audit_api_key_refuse,
  'password.set': m.audit_password_set,
  'password.remove': m.audit_password_remove,
  'totp.begin': m.audit_totp_begin,
  'totp.confirm': m.audit_totp_confirm,
  'totp.remove': m.audit_totp_remove,
  'user.set_sign_in': m.audit_user_set_sign_in,
  'instance.set_sign_in': m.audit_instance_set_sign_in,
  'protection.update': m.audit_protection_update,
  'alert.raise': m.audit_alert_raise,
  'alert.acknowledge': m.audit_alert_acknowledge,
  'country.confirm': m.audit_country_confirm,
  'country.forget': m.audit_country_forget,
  'instance.claim': m.audit_instance_claim,
} satisfies Record<AuditAction, () => string>

export const auditActions = Object.keys(actionTexts) as AuditAction[]

/** An action in words; one this version does not know yet, as it is called in the API. */
export function actionText(action: string): string {
  return (actionTexts as Record<string, () => string>)[action]?.() ?? action
}

/** What others did at the provider, past WebNova. */
export const outsideActions: readonly AuditAction[] = ['server.outside_change', 'resource.outside_change']

export const isOutside = (entry: AuditEntry): boolean => outsideActions.includes(entry.action)

/** What was done, in words; of a change from outside, the provider's own where it is none that we offer. */
export function entryText(entry: AuditEntry): string {
  const { power, command } = (isOutside(entry) && entry.after) || {}
  if (typeof power === 'string') return actionText(`server.${power}`)
  return typeof command === 'string' ? inWords(command) : actionText(entry.action)
}

/** `set_firewall_rules`: Set firewall rules. */
const inWords = (command: string) => command.charAt(0).toUpperCase() + command.slice(1).replaceAll('_', ' ')
