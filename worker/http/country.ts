/** Cloudflare says where a request comes from; XX and T1 mean that it does not know. */
export const countryOf = (header: string | undefined): string | null =>
  header && /^[A-Z]{2}$/.test(header) && header !== 'XX' ? header : null
