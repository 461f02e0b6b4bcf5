import { clearSessionCookies, type ApiRouter } from '../../http/index.ts'
import { endedSchema } from '../identity/index.ts'
import { banUser, deactivateSelf, deactivateUser, suspendUser } from './end-access.ts'
import { endSessionsOf } from './end-sessions.ts'
import { getUser } from './get-user.ts'
import { inviteUser } from './invite-user.ts'
import { listUsers } from './list-users.ts'
import { reactivateUser } from './reactivate-user.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import * as schemas from './schemas.ts'
import { setPermissions } from './set-permissions.ts'
import { setRole } from './set-role.ts'

const tag = 'People'
const { userParams: params, userDetailSchema, accessEndedSchema } = schemas
const change = { permission: 'users:govern', recordsRefusals: true } as const
const admin = '/api/admin/users/{userId}'

/** Governance (G). What G4 names stands at exactly those addresses too. */
export function userRoutes(api: ApiRouter): void {
  readRoutes(api)
  invitationRoutes(api)
  endingRoutes(api)
  changeRoutes(api)
}

function readRoutes(api: ApiRouter): void {
  const permission = 'users:read'
  api.add(
    {
      method: 'get',
      path: '/users',
      permission,
      tag,
      summary: 'Everybody',
      description: 'In the order in which they came. Nobody is ever deleted.',
      query: schemas.listUsersInput,
      response: schemas.userPage,
    },
    ({ ctx, query }) => listUsers(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/users/{userId}',
      permission,
      tag,
      summary: 'One person, and what they may do',
      description: 'Every permission stands with the rule that decides it.',
      params,
      response: userDetailSchema,
    },
    ({ ctx, params: { userId } }) => getUser(ctx, userId),
  )
}

function invitationRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/users',
      ...change,
      tag,
      summary: 'Invite somebody',
      description: 'Answers with a one-time link, shown this once. Inviting an owner needs a fresh passkey proof.',
      body: schemas.inviteInput,
      response: schemas.invitedSchema,
      status: 201,
    },
    ({ ctx, body, http }) => {
      http.set('answerIsSecret', true)
      return inviteUser(ctx, body)
    },
  )
  api.add(
    {
      method: 'delete',
      path: '/users/{userId}/invitation',
      ...change,
      tag,
      summary: 'Revoke an invitation',
      params,
      response: userDetailSchema,
    },
    ({ ctx, params: { userId } }) => revokeInvitation(ctx, userId),
  )
}

function endingRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/users/{userId}/suspend',
      destructive: true,
      alsoAt: `${admin}/suspend`,
      ...change,
      tag,
      summary: 'Suspend a person',
      description: 'Ends their sessions, open dashboards and links at once. Can be undone; nothing of theirs is lost.',
      params,
      body: schemas.reasonInput,
      response: accessEndedSchema,
    },
    ({ ctx, params: { userId }, body }) => suspendUser(ctx, userId, body.reason),
  )
  api.add(
    {
      method: 'post',
      path: '/users/{userId}/ban',
      destructive: true,
      alsoAt: `${admin}/ban`,
      ...change,
      tag,
      summary: 'Ban a person for ever',
      description: 'Cannot be undone: neither the address nor a passkey of theirs comes back. Needs a fresh proof.',
      params,
      body: schemas.reasonInput,
      response: accessEndedSchema,
    },
    ({ ctx, params: { userId }, body }) => banUser(ctx, userId, body.reason),
  )
  api.add(
    {
      method: 'post',
      path: '/users/{userId}/deactivate',
      destructive: true,
      ...change,
      tag,
      summary: 'Deactivate a person',
      description: 'What deletion is here: the access ends, the record stays. Can be undone.',
      params,
      body: schemas.optionalReasonInput,
      response: accessEndedSchema,
    },
    ({ ctx, params: { userId }, body }) => deactivateUser(ctx, userId, body.reason),
  )
  api.add(
    {
      method: 'delete',
      path: '/users/{userId}/sessions',
      ...change,
      tag,
      summary: 'Sign a person out everywhere',
      description: 'Their sessions end at once. What they may do stays, and so do their API keys.',
      params,
      response: endedSchema,
    },
    ({ ctx, params: { userId } }) => endSessionsOf(ctx, userId),
  )
  api.add(
    {
      method: 'post',
      path: '/me/deactivate',
      destructive: true,
      permission: 'self',
      tag: 'Me',
      summary: 'Leave this instance',
      description: 'Ends all of one’s access. The last active owner cannot. Needs a fresh passkey proof.',
    },
    async ({ ctx, http }) => {
      await deactivateSelf(ctx)
      clearSessionCookies(http)
    },
  )
}

function changeRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/users/{userId}/reactivate',
      alsoAt: `${admin}/reactivate`,
      ...change,
      tag,
      summary: 'Reactivate a person',
      description: 'From SUSPENDED or DEACTIVATED, never from BANNED. They sign in anew.',
      params,
      body: schemas.optionalReasonInput,
      response: userDetailSchema,
    },
    ({ ctx, params: { userId }, body }) => reactivateUser(ctx, userId, body.reason),
  )
  api.add(
    {
      method: 'put',
      path: '/users/{userId}/permissions',
      destructive: true,
      alsoAt: `${admin}/permissions`,
      ...change,
      tag,
      summary: 'Give and take permissions',
      description: 'The whole list of `+` and `-`. Needs a fresh passkey proof.',
      params,
      body: schemas.permissionsInput,
      response: userDetailSchema,
    },
    ({ ctx, params: { userId }, body }) => setPermissions(ctx, userId, body),
  )
  api.add(
    {
      method: 'put',
      path: '/users/{userId}/role',
      destructive: true,
      ...change,
      tag,
      summary: 'Change a role',
      description: 'Never so that no active owner is left. Needs a fresh passkey proof.',
      params,
      body: schemas.roleInput,
      response: userDetailSchema,
    },
    ({ ctx, params: { userId }, body }) => setRole(ctx, userId, body),
  )
}
