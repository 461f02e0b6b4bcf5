import type { Authenticator } from '../../http/index.ts'
import type { ApiRouter } from '../../http/index.ts'
import { AppError } from '../../kernel/errors.ts'

export const authenticateSession: Authenticator = async () => {
  throw new AppError('session_expired')
}
export const identityRoutes = (_api: ApiRouter): void => {}
