/** Where sealed spans are kept for good. Nothing in it is ever overwritten or deleted by the product. */
export interface ArchivePort {
  /** False where there is an object of that name already; it stays as it is. */
  put(key: string, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>
  get(key: string): Promise<Uint8Array<ArrayBuffer> | null>
}

/** An R2 bucket; null where none is bound, and then there is no archive (docs/operations/audit-archive.md). */
export function createArchive(bucket: R2Bucket | undefined): ArchivePort | null {
  if (!bucket) return null
  return {
    async put(key, bytes) {
      const written = await bucket.put(key, bytes, {
        onlyIf: { etagDoesNotMatch: '*' },
        httpMetadata: { contentType: 'application/gzip' },
      })
      return written !== null
    },
    async get(key) {
      const object = await bucket.get(key)
      return object ? new Uint8Array(await object.arrayBuffer()) : null
    },
  }
}
