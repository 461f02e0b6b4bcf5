import type { components, operations } from '#lib/api/schema.d.ts'

type Schemas = components['schemas']

export type Server = Schemas['Server']
export type ServerDetail = Schemas['ServerDetail']
export type ServerSummary = Schemas['ServerSummary']
export type ServerMetadataPatch = Schemas['ServerMetadataPatch']
export type ServerMetrics = Schemas['ServerMetrics']
export type Operation = Schemas['Operation']
export type OperationBrief = Schemas['OperationBrief']
export type Facet = Schemas['Facet']
export type AuditEntry = Schemas['AuditEntry']
export type BulkPowerItem = Schemas['BulkPowerItem']
export type PowerAction = Schemas['PowerAction']
export type ServerStatus = Server['status']
export type ServerListQuery = NonNullable<operations['getServers']['parameters']['query']>

/** How people call it: the name they gave it here, else its name at the provider. */
export const callName = (server: Pick<Server, 'name' | 'displayName'>): string => server.displayName ?? server.name
