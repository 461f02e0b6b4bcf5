import type { components } from '#lib/api/schema.d.ts'

export type Passkey = components['schemas']['Passkey']

/** Whether other devices of the person hold it as well, so that losing this one is no loss. */
export const isSynced = (passkey: Passkey): boolean => passkey.backedUp || passkey.deviceType === 'multiDevice'
