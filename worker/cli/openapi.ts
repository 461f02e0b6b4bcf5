// npm run openapi: writes the API's document and the dashboard's typed client from the route schemas.
// With --check it writes nothing and fails when the checked-in ones are not what the routes say.
import { checkOpenApi, writeOpenApi } from './lib/openapi.ts'
import { say, stop } from './lib/say.ts'

if (process.argv.includes('--check')) {
  await checkOpenApi().catch((error: unknown) => stop(error instanceof Error ? error.message : String(error)))
  say('The document and the client match the routes.')
} else {
  for (const file of await writeOpenApi()) say(`Wrote ${file}`)
}
