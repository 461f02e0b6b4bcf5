import type { ServerCost } from './cost-types.ts'

const columns: [name: string, value: (row: ServerCost) => string | null][] = [
  ['server_id', (row) => row.serverId],
  ['name', (row) => row.name],
  ['display_name', (row) => row.displayName],
  ['provider_project', (row) => row.accountName],
  ['project', (row) => row.project],
  ['environment', (row) => row.environment],
  ['status', (row) => (row.deletedAt === null ? row.status : 'deleted')],
  ['type', (row) => row.typeName],
  ['location', (row) => row.location],
  ['currency', (row) => row.currency],
  ['server_monthly_net', (row) => row.serverMonthlyNet],
  ['ipv4_monthly_net', (row) => row.ipv4MonthlyNet],
  ['backups_monthly_net', (row) => row.backupMonthlyNet],
  ['monthly_net', (row) => row.monthlyNet],
  ['month_to_date_net', (row) => row.monthToDateNet],
  ['unknown_prices', (row) => row.unknownParts.join(' ')],
]

/**
 * The servers as RFC 4180, with the headings of the API in every language: what reads it is a program. Amounts are
 * the API's own decimals; an unknown one is empty, never 0. The mark in front tells a spreadsheet that it is UTF-8.
 */
export function toCsv(rows: readonly ServerCost[]): string {
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, value]) => value(row) ?? ''))]
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would run as a formula is made harmless by an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
