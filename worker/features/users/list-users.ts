import type { Ctx } from '../../context.ts'
import { decodeCursor, toPage, type Page } from '../../kernel/page.ts'
import { toUser } from './get-user.ts'
import type { ListUsersInput, User } from './schemas.ts'
import { selectUsers } from './users.store.ts'

/** Everybody there is and ever was: nobody is deleted. In the order in which they came. */
export async function listUsers(ctx: Ctx, input: ListUsersInput): Promise<Page<User>> {
  const now = ctx.clock.now()
  const { cursor, limit, ...filter } = input
  const after = cursor === undefined ? undefined : toPosition(cursor)
  const rows = await selectUsers(ctx.db, { ...filter, after, limit: limit + 1 }, now)
  const page = toPage(rows, limit, ({ user }) => [user.createdAt, user.id])
  return { items: page.items.map((row) => toUser(row, now)), nextCursor: page.nextCursor }
}

function toPosition(cursor: string) {
  const [createdAt, id] = decodeCursor(cursor, 2)
  return { createdAt: Number(createdAt), id: String(id) }
}
