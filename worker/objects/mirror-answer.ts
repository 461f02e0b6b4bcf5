/** A provider's answer to a read, as it came. */
export interface MirrorAnswer {
  status: number
  headers: Record<string, string>
  body: string
}
