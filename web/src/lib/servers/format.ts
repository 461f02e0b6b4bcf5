import { formatMoney, formatNumber } from '#lib/format/index.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Server } from './types.ts'

/** 4096 → "4": sold in binary gigabytes, called GB by everybody. */
export const memoryGb = (server: Pick<Server, 'memoryMb'>): string =>
  formatNumber(server.memoryMb / 1024, { maximumFractionDigits: 1 })

/** "2 vCPU · 4 GB RAM · 40 GB disk". */
export const specsOf = (server: Pick<Server, 'cores' | 'memoryMb' | 'diskGb'>): string =>
  m.servers_specs({ cores: formatNumber(server.cores), memory: memoryGb(server), disk: formatNumber(server.diskGb) })

export const monthlyOf = (server: Pick<Server, 'monthlyNet' | 'currency'>): string | null =>
  server.monthlyNet !== null && server.currency !== null
    ? m.servers_per_month({ price: formatMoney(server.monthlyNet, server.currency) })
    : null

/** "shop / production", of what is set. */
export const placeOf = (server: Pick<Server, 'project' | 'environment'>): string =>
  [server.project, server.environment].filter(Boolean).join(' / ')

/** A size such as "145 GB" inside a sentence of any direction: number before unit. */
export const isolated = (text: string): string => `\u2066${text}\u2069`
