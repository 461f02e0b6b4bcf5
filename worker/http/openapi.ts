import type { ApiRouter } from './router.ts'

/** The version stands in the path; a breaking change gets a new one (H12). */
export const apiPrefix = '/api/v1'

/** The document of the whole API: source of the dashboard's client, the reference page and the contract tests. */
export function openApiDocument(router: ApiRouter) {
  router.hono.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: '__Host-wn_access',
  })
  router.hono.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'API key (64 characters, wn…) or access token (JWT)',
  })
  const document = router.hono.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'WebNova API',
      version: '1.0.0',
      description:
        'Every operation names the permission it needs in `x-permission`: a permission of the table in the user guide, ' +
        '`self` (any active user, about themselves) or `public`. Errors have one shape and a closed list of codes. ' +
        'Unsafe calls accept an `Idempotency-Key` header.',
      license: { name: 'MIT' },
    },
    servers: [{ url: '/' }],
  })
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => [`${apiPrefix}${path}`, item])
  const aliases = Object.entries(
    router.aliases.getOpenAPI31Document({ openapi: '3.1.0', info: document.info }).paths ?? {},
  )
  return { ...document, paths: Object.fromEntries([...paths, ...aliases]) as NonNullable<typeof document.paths> }
}

/** The methods a path is known for, as `Allow` lists them; empty for a path nobody knows. */
export function allowedMethods(operations: readonly { method: string; path: string }[], path: string): string[] {
  const found = operations
    .filter((operation) => isMatch(operation.path, path))
    .map(({ method }) => method.toUpperCase())
  return [...new Set(found.includes('GET') ? [...found, 'HEAD'] : found)].toSorted()
}

/** `/servers/{serverId}` stands for any one segment in its place. */
function isMatch(template: string, path: string): boolean {
  const [want, have] = [template.split('/'), path.split('/')]
  return (
    want.length === have.length && want.every((part, i) => part === have[i] || (part.startsWith('{') && have[i] !== ''))
  )
}
