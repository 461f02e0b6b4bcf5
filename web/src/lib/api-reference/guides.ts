import { m } from '#lib/paraglide/messages.js'

/** What is said once for all operations, before them. */
export const guides = [
  { id: 'introduction', title: m.api_reference_introduction },
  { id: 'authentication', title: m.api_reference_authentication },
  { id: 'requests', title: m.api_reference_requests },
  { id: 'errors', title: m.api_reference_errors },
] as const
