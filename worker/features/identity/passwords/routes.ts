import { setSessionCookies, type ApiRouter } from '../../../http/index.ts'
import { deviceFacts } from '../device-facts.ts'
import { meSchema } from '../schemas.ts'
import { removePassword } from './remove.ts'
import { passwordSignInInput, setPasswordInput, waysInSchema } from './schemas.ts'
import { setPassword } from './set.ts'
import { signInWithPassword } from './sign-in.ts'
import { readWaysIn } from './ways-in.ts'

const own = { permission: 'self', tag: 'Passwords' } as const

export function passwordRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'post',
      path: '/session/password',
      permission: 'public',
      tag: 'Sign-in',
      summary: 'Sign in with a password and a code',
      description: 'Where an owner allows it. The session confirms nothing destructive without a passkey.',
      body: passwordSignInInput,
      response: meSchema,
    },
    async ({ ctx, body, http }) => {
      const { me, tokens } = await signInWithPassword(ctx, body, deviceFacts(http))
      setSessionCookies(http, tokens)
      return me
    },
  )
  api.add(
    { ...own, method: 'get', path: '/me/sign-in', summary: 'Your second way in', response: waysInSchema },
    ({ ctx }) => readWaysIn(ctx),
  )
  api.add(
    {
      ...own,
      method: 'put',
      path: '/me/password',
      summary: 'Set or change your password',
      description: 'Needs a passkey proven within five minutes. Opens nothing without an authenticator app.',
      body: setPasswordInput,
      response: waysInSchema,
    },
    ({ ctx, body }) => setPassword(ctx, body),
  )
  api.add(
    {
      ...own,
      method: 'delete',
      path: '/me/password',
      summary: 'Remove your password',
      description: 'Ends other sessions that it opened. Needs a passkey proven within five minutes.',
    },
    ({ ctx }) => removePassword(ctx),
  )
}
