/** With Web streams only, so that the Worker and the offline verifier share it. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(body).arrayBuffer())
}

export const gzip = (text: string): Promise<Uint8Array<ArrayBuffer>> =>
  through(Uint8Array.from(new TextEncoder().encode(text)), new CompressionStream('gzip'))

/** @throws TypeError for what is no gzip, or cut off */
export const gunzip = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  new TextDecoder().decode(await through(bytes, new DecompressionStream('gzip')))

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
