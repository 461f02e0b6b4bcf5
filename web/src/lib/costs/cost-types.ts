import type { components } from '#lib/api/schema.d.ts'

export type CostReport = components['schemas']['CostReport']
export type CostTotal = components['schemas']['CostTotal']
export type CostGroup = components['schemas']['CostGroup']
export type ServerCost = components['schemas']['ServerCost']
export type CostHistory = components['schemas']['CostHistory']

export const groupings = ['project', 'environment', 'location', 'account'] as const
export type Grouping = (typeof groupings)[number]
