/** The table in worker/kernel/permissions.ts, as the generator sees it. */
export interface PermissionTable {
  permissions: Record<string, string>
  roles: readonly string[]
  roleDefaults: Record<string, readonly string[]>
  ownerOnly: readonly string[]
  isScoped: (permission: string) => boolean
}

interface Operations {
  paths?: Record<string, Record<string, { 'x-permission'?: string }>>
}

const intro = `# Permissions

Generated from \`worker/kernel/permissions.ts\` and the API's document by \`npm run openapi\`; CI fails when they differ.

A role is a default set. An owner adds to it or takes from it for everything, or by a rule for one provider project, one project
or environment, the servers with certain labels, or one server. Taking beats giving. A VIEWER never gets more than reading, and
what stands as "owners only" is given to nobody else. An API key narrows its person further and never widens.

| permission | what it allows | by role | for some things only |
| --- | --- | --- | --- |
`

/** docs/permissions.md: every permission, who has it by role, and the operations that ask for it. */
export function permissionReference(table: PermissionTable, document: Operations): string {
  const names = Object.keys(table.permissions)
  const rows = names.map((name) => {
    const byRole = table.roles.filter((role) => table.roleDefaults[role]?.includes(name)).join(', ')
    const roles = table.ownerOnly.includes(name) ? 'owners only' : byRole
    return `| \`${name}\` | ${table.permissions[name]} | ${roles} | ${table.isScoped(name) ? 'yes' : 'no'} |`
  })
  const asked = operationsByPermission(document)
  const sections = [...names, 'self', 'public'].flatMap((name) => {
    const operations = asked.get(name)
    return operations ? [`### \`${name}\`\n\n${operations.map((line) => `- \`${line}\``).join('\n')}`] : []
  })
  return `${intro}${rows.join('\n')}\n\n## Operations by permission\n\n${sections.join('\n\n')}\n`
}

function operationsByPermission({ paths = {} }: Operations): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const permission = operation['x-permission']
      if (!permission) continue
      found.set(permission, [...(found.get(permission) ?? []), `${method.toUpperCase()} ${path}`])
    }
  }
  return found
}
