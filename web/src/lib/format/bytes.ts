import { formatNumber } from './number.ts'

const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']
const decimalUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** 1536 → "1.5 KiB"; `base: 1000` for what is sold in decimal units (disks, traffic). Three significant digits. */
export function formatBytes(bytes: number, base: 1000 | 1024 = 1024, locale?: string): string {
  const units = base === 1024 ? binaryUnits : decimalUnits
  let value = bytes
  let index = 0
  while (Math.abs(value) >= base && index < units.length - 1) {
    value /= base
    index += 1
  }
  const digits = Math.abs(value) >= 100 || index === 0 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return `${formatNumber(value, { maximumFractionDigits: digits }, locale)} ${units[index]}`
}

/** Bytes per second. */
export function formatRate(bytesPerSecond: number, locale?: string): string {
  return `${formatBytes(bytesPerSecond, 1000, locale)}/s`
}
