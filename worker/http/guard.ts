import { createMiddleware } from 'hono/factory'
import type { Ctx } from '../context.ts'
import { authorize } from '../kernel/authorize.ts'
import { AppError } from '../kernel/errors.ts'
import type { Permission, RoutePermission } from '../kernel/permissions.ts'
import type { AppEnv } from './app-env.ts'

export interface Guarded {
  permission: RoutePermission
  /**
   * The verb decides, and leaves a `denied` row (DESIGN §4): here only strangers are sent away. The contract test proves
   * for every such operation that whoever lacks the permission is refused, on the record.
   */
  recordsRefusals?: boolean
  /** With `self`: for a person's API keys, too. */
  keys?: boolean
  /** Destroys or cuts off something: watched where a person is not at home (features/protection). DELETE always is. */
  destructive?: boolean
  body?: unknown
}

/** Stands before the input is read: a stranger learns nothing of what an operation expects, and costs no validation. */
export const guard = (spec: Guarded, operation?: string) =>
  createMiddleware<AppEnv>(async function guard(c, next) {
    const ctx = c.get('ctx')
    assertRoutePermission(ctx, spec)
    if (spec.destructive && operation) await ctx.protection.beforeDestructive(ctx, operation)
    c.set('permission', spec.permission)
    if (operation) c.set('operation', operation)
    if (spec.body && !isJson(c.req.header('content-type'))) throw new AppError('unsupported_media_type')
    await next()
  })

function assertRoutePermission({ actor }: Ctx, { permission, recordsRefusals, keys }: Guarded): void {
  if (permission === 'public') return
  if (actor.kind === 'anonymous') throw new AppError('unauthenticated')
  if (permission === 'self' && !keys && actor.kind === 'user' && actor.key) {
    throw new AppError('forbidden', { message: 'No API key can do this.', hint: 'Sign in to the dashboard.' })
  }
  if (permission !== 'self' && !recordsRefusals) authorize(actor, permission)
}

export interface UseNotes {
  /** What the operation asked for was of use. */
  used: (ctx: Ctx, permission: Permission, operation: string) => void
  /** The answer was a refusal of whoever asked. */
  refused: (ctx: Ctx) => void
}

/** After the answer. One that is about what was asked for, and not about who asked, is a use. */
export const noteUses = ({ used, refused }: UseNotes) =>
  createMiddleware<AppEnv>(async function noteUses(c, next) {
    await next()
    const [permission, operation, { status }] = [c.get('permission'), c.get('operation') ?? '', c.res]
    if (c.error instanceof AppError && isRefusal(c.error)) refused(c.get('ctx'))
    const needed = permission !== undefined && permission !== 'public' && permission !== 'self'
    if (needed && ![401, 403, 404].includes(status)) used(c.get('ctx'), permission, operation)
  })

/** Not that its person is asked first. */
const isRefusal = ({ status, code }: AppError) => (status === 401 || status === 403) && code !== 'approval_required'

/** What the validator takes for JSON; with anything else it would see no body at all, and an empty one may be valid. */
const isJson = (contentType = '') => /^application\/([\w.-]+\+)?json$/i.test(contentType.split(';')[0]?.trim() ?? '')
