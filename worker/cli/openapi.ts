// npm run openapi: writes the API's document and the dashboard's typed client from the route schemas.
import { writeOpenApi } from './lib/openapi.ts'
import { say } from './lib/say.ts'

for (const file of await writeOpenApi()) say(`Wrote ${file}`)
