import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'
import { root } from './paths.ts'
import { permissionReference, type PermissionTable } from './permission-reference.ts'

const documentFile = join(root, 'docs', 'api', 'openapi.json')
const permissionsFile = join(root, 'docs', 'permissions.md')
const schemaFile = join(root, 'web', 'src', 'lib', 'api', 'schema.d.ts')

/** The document is pure: what the runtime alone provides is never called while it is made, only imported. */
const runtimeModule = 'export class DurableObject {}\nexport class WorkerEntrypoint {}\nexport const env = {}\n'

/** Named at run time: these commands are checked against Node's types, the Worker against its own. */
const workerModule = (path: string) => pathToFileURL(join(root, 'worker', path)).href

/** The document the Worker serves at /api/openapi.json, made from the route schemas without starting anything. */
export async function readDocument(): Promise<OpenAPI3> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith('cloudflare:') ? { url: specifier, shortCircuit: true } : next(specifier, context),
    load: (url, context, next) =>
      url.startsWith('cloudflare:')
        ? { format: 'module', source: runtimeModule, shortCircuit: true }
        : next(url, context),
  })
  try {
    const app = (await import(workerModule('app.ts'))) as { createApi: () => unknown }
    const http = (await import(workerModule('http/openapi.ts'))) as { openApiDocument: (api: unknown) => unknown }
    return JSON.parse(JSON.stringify(http.openApiDocument(app.createApi()))) as OpenAPI3
  } finally {
    hooks.deregister()
  }
}

/** What the generated files have to contain. */
async function generate(): Promise<Map<string, string>> {
  const document = await readDocument()
  const types = astToString(await openapiTS(document))
  const table = (await import(workerModule('kernel/permissions.ts'))) as PermissionTable
  return new Map([
    [documentFile, `${JSON.stringify(document, null, 2)}\n`],
    [permissionsFile, permissionReference(table, document as Parameters<typeof permissionReference>[1])],
    [schemaFile, `// Generated from the API's document by npm run openapi.\n${types}`],
  ])
}

/** Writes the checked-in document, the permission reference and the dashboard's typed client. */
export async function writeOpenApi(): Promise<string[]> {
  const files = await generate()
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return [...files.keys()].map((file) => relative(root, file))
}

/** @throws when a generated file is not what the routes say. */
export async function checkOpenApi(): Promise<void> {
  for (const [file, text] of await generate()) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
    throw new Error(`${relative(root, file)} does not match the routes. Run: npm run openapi`)
  }
}
