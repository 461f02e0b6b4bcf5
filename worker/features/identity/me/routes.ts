import { z, type ApiRouter } from '../../../http/index.ts'
import { keyMeSchema, meSchema, updateMeInput } from '../schemas.ts'
import { readMe } from './read.ts'
import { updateMe } from './update.ts'

const own = { permission: 'self', tag: 'Me' } as const

export function meRoutes(api: ApiRouter): void {
  api.add(
    {
      ...own,
      keys: true,
      method: 'get',
      path: '/me',
      summary: 'Who you are and what you may do',
      description: 'An API key is told the person it stands for, and itself.',
      response: z.union([meSchema, keyMeSchema]),
    },
    ({ ctx }) => readMe(ctx),
  )
  api.add(
    {
      ...own,
      method: 'patch',
      path: '/me',
      summary: 'Change your name or preferences',
      body: updateMeInput,
      response: meSchema,
    },
    ({ ctx, body }) => updateMe(ctx, body),
  )
}
