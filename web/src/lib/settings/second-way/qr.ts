// A QR code (ISO/IEC 18004) of a short text: bytes, error correction M, sizes 1 to 20. All that an otpauth:// link needs.

/** Per size: error correction bytes of a block, and the number of blocks. */
const eccPerBlock = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26]
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16]
const maskCount = 8

type Grid = boolean[][]
const at = (list: readonly number[], index: number): number => list[index] ?? 0

/** Rows of modules, true for dark, without the quiet zone around them. @throws RangeError for more than 666 bytes */
export function encodeQr(text: string): Grid {
  const bytes = new TextEncoder().encode(text)
  const version = eccPerBlock.findIndex((_, i) => bytes.length <= dataCapacity(i + 1) - (i + 1 < 10 ? 2 : 3)) + 1
  if (version === 0) throw new RangeError('too long for a QR code')
  const codewords = withCorrection(dataCodewords(bytes, version), version)
  const candidates = Array.from({ length: maskCount }, (_, mask) => draw(codewords, version, mask))
  const penalties = candidates.map(penaltyOf)
  return candidates[penalties.indexOf(Math.min(...penalties))] ?? []
}

const sizeOf = (version: number): number => version * 4 + 17

/** Where the centres of the alignment patterns are, on both axes. */
function alignmentOf(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2
  const last = sizeOf(version) - 7
  return [6, ...Array.from({ length: count - 1 }, (_, i) => last - (count - 2 - i) * step)]
}

function rawModules(version: number): number {
  const alignments = alignmentOf(version).length
  const patterns = alignments === 0 ? 0 : (25 * alignments - 10) * alignments - 55
  return (16 * version + 128) * version + 64 - patterns - (version >= 7 ? 36 : 0)
}

const rawBytes = (version: number): number => Math.floor(rawModules(version) / 8)
const dataCapacity = (version: number): number =>
  rawBytes(version) - at(eccPerBlock, version - 1) * at(blockCounts, version - 1)

function dataCodewords(bytes: Uint8Array, version: number): number[] {
  const lengthBits = version < 10 ? 8 : 16
  const bits = [...binary(4, 4), ...binary(bytes.length, lengthBits), ...[...bytes].flatMap((byte) => binary(byte, 8))]
  const capacity = dataCapacity(version)
  bits.push(...binary(0, Math.min(4, capacity * 8 - bits.length)))
  while (bits.length % 8 > 0) bits.push(0)
  const words = Array.from({ length: bits.length / 8 }, (_, i) =>
    Number.parseInt(bits.slice(i * 8, i * 8 + 8).join(''), 2),
  )
  for (let pad = 0xec; words.length < capacity; pad ^= 0xec ^ 0x11) words.push(pad)
  return words
}

const binary = (value: number, length: number): number[] =>
  Array.from({ length }, (_, i) => (value >>> (length - 1 - i)) & 1)

/** Multiplication in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1. */
function multiply(x: number, y: number): number {
  let product = 0
  for (let i = 7; i >= 0; i--) product = (product << 1) ^ ((product >>> 7) * 0x11d) ^ (((y >>> i) & 1) * x)
  return product
}

function divisorOf(degree: number): number[] {
  let divisor = [...Array.from({ length: degree - 1 }, () => 0), 1]
  let root = 1
  for (let i = 0; i < degree; i++) {
    divisor = divisor.map((factor, j) => multiply(factor, root) ^ at(divisor, j + 1))
    root = multiply(root, 2)
  }
  return divisor
}

function remainderOf(data: readonly number[], divisor: readonly number[]): number[] {
  let rest = divisor.map(() => 0)
  for (const byte of data) {
    const factor = byte ^ at(rest, 0)
    rest = [...rest.slice(1), 0].map((value, i) => value ^ multiply(at(divisor, i), factor))
  }
  return rest
}

/** Blocks with their correction, woven into each other. */
function withCorrection(data: readonly number[], version: number): number[] {
  const [blocks, ecc] = [at(blockCounts, version - 1), at(eccPerBlock, version - 1)]
  const shortBlocks = blocks - (rawBytes(version) % blocks)
  const shortLength = Math.floor(rawBytes(version) / blocks) - ecc
  const divisor = divisorOf(ecc)
  let offset = 0
  const parts = Array.from({ length: blocks }, (_, i) => {
    const part = data.slice(offset, (offset += shortLength + (i < shortBlocks ? 0 : 1)))
    return { part, correction: remainderOf(part, divisor) }
  })
  const woven = (lists: number[][]) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) =>
      lists.flatMap((list) => (i < list.length ? [at(list, i)] : [])),
    ).flat()
  return [...woven(parts.map(({ part }) => part)), ...woven(parts.map(({ correction }) => correction))]
}

function draw(codewords: readonly number[], version: number, mask: number): Grid {
  const size = sizeOf(version)
  const grid: Grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  const fixed: Grid = grid.map((row) => [...row])
  const set = (x: number, y: number, dark: boolean) => {
    const [row, fixedRow] = [grid[y], fixed[y]]
    if (row === undefined || fixedRow === undefined || x < 0 || x >= size) return
    row[x] = dark
    fixedRow[x] = true
  }
  drawPatterns(set, version, mask)
  let bit = 0
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        const row = grid[y]
        if (row === undefined || fixed[y]?.[x]) continue
        const dark = ((at(codewords, bit >>> 3) >>> (7 - (bit & 7))) & 1) === 1
        row[x] = dark !== isMasked(mask, x, y)
        bit += 1
      }
    }
  }
  return grid
}

function isMasked(mask: number, x: number, y: number): boolean {
  const rules = [
    (x + y) % 2,
    y % 2,
    x % 3,
    (x + y) % 3,
    (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
    ((x * y) % 2) + ((x * y) % 3),
    (((x * y) % 2) + ((x * y) % 3)) % 2,
    (((x + y) % 2) + ((x * y) % 3)) % 2,
  ]
  return rules[mask] === 0
}

type Set = (x: number, y: number, dark: boolean) => void

function drawPatterns(set: Set, version: number, mask: number): void {
  const size = sizeOf(version)
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0)
    set(i, 6, i % 2 === 0)
  }
  const square = (cx: number, cy: number, radius: number, light: readonly number[]) => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        set(cx + dx, cy + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))))
      }
    }
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(x, y, 4, [2, 4])
  const centres = alignmentOf(version)
  const last = centres.at(-1)
  for (const x of centres) {
    for (const y of centres) {
      const corner = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6)
      if (!corner) square(x, y, 2, [1])
    }
  }
  drawFormat(set, size, mask)
  if (version >= 7) drawVersion(set, size, version)
}

/** Error correction M and the mask, with their own correction, twice. */
function drawFormat(set: Set, size: number, mask: number): void {
  let rest = mask
  for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  const bit = (i: number) => ((bits >>> i) & 1) === 1
  for (let i = 0; i < 15; i++) {
    if (i < 6) set(8, i, bit(i))
    else if (i < 8) set(8, i + 1, bit(i))
    else if (i === 8) set(7, 8, bit(i))
    else set(14 - i, 8, bit(i))
    if (i < 8) set(size - 1 - i, 8, bit(i))
    else set(8, size - 15 + i, bit(i))
  }
  set(8, size - 8, true)
}

function drawVersion(set: Set, size: number, version: number): void {
  let rest = version
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let i = 0; i < 18; i++) {
    const [far, near] = [size - 11 + (i % 3), Math.floor(i / 3)]
    const dark = ((bits >>> i) & 1) === 1
    set(far, near, dark)
    set(near, far, dark)
  }
}

/** How hard a camera would find it: runs, squares, what looks like a finder, too much of one colour. */
function penaltyOf(grid: Grid): number {
  const columns = grid.map((_, x) => grid.map((row) => row[x] === true))
  const lines = [...grid, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''))
  let penalty = 0
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2
    const padded = `0000${line}0000`
    penalty += 40 * [...padded.matchAll(/(?=10111010000|00001011101)/g)].length
  }
  for (let y = 0; y + 1 < grid.length; y++) {
    for (let x = 0; x + 1 < grid.length; x++) {
      const dark = grid[y]?.[x]
      if (dark === grid[y]?.[x + 1] && dark === grid[y + 1]?.[x] && dark === grid[y + 1]?.[x + 1]) penalty += 3
    }
  }
  const total = grid.length ** 2
  const dark = grid.flat().filter(Boolean).length
  return penalty + 10 * Math.floor(Math.abs((dark * 20) / total - 10))
}
