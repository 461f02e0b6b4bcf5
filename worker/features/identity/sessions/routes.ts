import { z, clearSessionCookies, type ApiRouter } from '../../../http/index.ts'
import { answerAssertion, challengeSchema } from '../webauthn/schemas.ts'
import { listSessions } from './list.ts'
import { renameOwnSession } from './rename.ts'
import { revokeAllSessions } from './revoke-all.ts'
import { revokeOwnSession } from './revoke.ts'
import { endedSchema, renameSessionInput, sessionList, sessionParams, sessionSchema } from './schemas.ts'
import { beginStepUp, finishStepUp } from './step-up.ts'

const own = { permission: 'self', tag: 'Sessions' } as const

export function sessionRoutes(api: ApiRouter): void {
  api.add(
    {
      ...own,
      method: 'post',
      path: '/session/step-up/begin',
      summary: 'Ask for a passkey again',
      response: challengeSchema,
    },
    ({ ctx }) => beginStepUp(ctx),
  )
  api.add(
    {
      ...own,
      method: 'post',
      path: '/session/step-up/finish',
      summary: 'Confirm with a passkey',
      body: answerAssertion,
      response: z.object({ verifiedAt: z.iso.datetime() }),
    },
    ({ ctx, body }) => finishStepUp(ctx, body),
  )
  api.add(
    { ...own, method: 'get', path: '/me/sessions', summary: 'Where you are signed in', response: sessionList },
    ({ ctx }) => listSessions(ctx),
  )
  api.add(
    { ...own, method: 'delete', path: '/me/sessions', summary: 'Sign out everywhere else', response: endedSchema },
    ({ ctx }) => revokeAllSessions(ctx, 'others'),
  )
  // Before /{sessionId}, which would take it for an id.
  api.add(
    {
      ...own,
      method: 'delete',
      path: '/me/sessions/all',
      summary: 'Sign out everywhere, here too',
      response: endedSchema,
    },
    async ({ ctx, http }) => {
      const ended = await revokeAllSessions(ctx, 'all')
      clearSessionCookies(http)
      return ended
    },
  )
  api.add(
    {
      ...own,
      method: 'patch',
      path: '/me/sessions/{sessionId}',
      summary: 'Name a device',
      params: sessionParams,
      body: renameSessionInput,
      response: sessionSchema,
    },
    ({ ctx, params, body }) => renameOwnSession(ctx, params.sessionId, body.name),
  )
  api.add(
    { ...own, method: 'delete', path: '/me/sessions/{sessionId}', summary: 'End one session', params: sessionParams },
    ({ ctx, params }) => revokeOwnSession(ctx, params.sessionId),
  )
}
