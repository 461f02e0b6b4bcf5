// npm run enrol -- --email …: break-glass. A one-time link with which an existing user adds a new passkey.
import { newId } from '../kernel/id.ts'
import { auditRow, quoted } from './lib/audit-row.ts'
import { query, run } from './lib/database.ts'
import { breakGlassLink } from './lib/enrolment-link.ts'
import { bold, say, stop } from './lib/say.ts'
import { readOptions, readTarget } from './lib/target.ts'

const options = readOptions({ email: { type: 'string' } })
const { email } = options
if (!email) stop('Whose passkey? npm run enrol -- --email name@example.com')
if (!/^[^\s@;]+@[^\s@;]+$/.test(email)) stop(`"${email}" is not an email address.`)

const target = await readTarget(options)
const [user] = await query(target, `SELECT id, name, status FROM users WHERE email = ${quoted(email)}`)
if (!user) stop(`Nobody here has the address ${email}.`)
if (user['status'] !== 'ACTIVE') stop(`${email} is ${String(user['status'])}: a link would not let them in.`)

const id = String(user['id'])
const link = breakGlassLink(id, { origin: target.origin })
const record = auditRow({
  operationId: newId('opr'),
  phase: 'succeeded',
  action: 'user.enrol',
  targetType: 'user',
  targetId: id,
  targetName: String(user['name']),
  reason: 'Break-glass link made by the deployer',
})
await run(target, [record, ...link.statements])
say()
say(`With this link ${String(user['name'])} adds a new passkey. It works once, within an hour:`)
say(bold(link.url))
say()
