import { api, call, Resource } from '#lib/api/index.ts'

/** How many alerts nobody has acknowledged: one number for the bell, the page and every tab. */
export const unreadAlerts = new Resource(async (signal) => {
  const { unread } = await call(api.GET('/api/v1/alerts', { params: { query: { unread: 'true', limit: 1 } }, signal }))
  return unread
})
