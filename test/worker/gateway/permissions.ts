import { permissions, type Permission } from '../../../worker/kernel/permissions.ts'

const notForTools = /^(users|api-keys|accounts|audit|provider-log|costs):|^servers:(lock|annotate|sync)$/

/** Everything a tool can be given. */
export const allPermissions = (Object.keys(permissions) as Permission[]).filter((name) => !notForTools.test(name))
export const readPermissions = allPermissions.filter((name) => name.endsWith(':read'))
