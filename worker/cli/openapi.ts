import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { createApi } from '../app.ts'
import { openApiDocument } from '../http/index.ts'

// `npm run openapi` writes the API's document and the dashboard's types from the routes; `--check` fails when the
// checked-in ones are not what the routes say.
const root = join(import.meta.dirname, '../..')
const document = openApiDocument(createApi())
const files = {
  'docs/api/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'web/src/lib/api/schema.d.ts': astToString(await openapiTypescript(structuredClone(document) as never)),
}

let stale = 0
for (const [name, text] of Object.entries(files)) {
  const path = join(root, name)
  if (process.argv.includes('--check')) {
    const current = await readFile(path, 'utf8').catch(() => '')
    if (current === text) continue
    stale += 1
    console.error(`${name} is not what the routes say: run "npm run openapi" and commit the result.`)
  } else {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    console.log(`wrote ${name}`)
  }
}
process.exitCode = stale > 0 ? 1 : 0
