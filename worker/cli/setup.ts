// npm run setup: a new one-time link with which the first owner claims an instance. Older unused ones end.
import { query, run } from './lib/database.ts'
import { setUpLink } from './lib/enrolment-link.ts'
import { bold, say, stop } from './lib/say.ts'
import { readOptions, readTarget } from './lib/target.ts'

const target = await readTarget(readOptions({}))
const [owner] = await query(target, "SELECT email FROM users WHERE role = 'OWNER' LIMIT 1")
if (owner) {
  const email = String(owner['email'])
  stop(
    `This instance belongs to ${email}. Did the passkey get lost? npm run enrol -- --env ${target.environment} --email ${email}`,
  )
}

const link = setUpLink({ origin: target.origin })
await run(target, link.statements)
say()
say('Claim the instance in the browser with this link. It works once, within an hour:')
say(bold(link.url))
say()
