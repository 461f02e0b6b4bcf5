export { commandOf } from './command.ts'
export { filterAnswer } from './filter.ts'
export type { Visible } from './filter-resource.ts'
export type { ReferenceBy, ReferenceKind } from './fields.ts'
export { isCatalogueKind, isResourceKind, resourceKinds, type CatalogueKind, type ResourceKind } from './kind.ts'
export { matchOperation, methodsOf, parseId, type Match, type PathIds } from './match.ts'
export { fillPath, type Method, type Operation, type OwnerLock, type Repeat } from './operation.ts'
export { readPermission, type GatewayPermission } from './permission.ts'
export { redact } from './redact.ts'
export {
  lockedServer,
  readReferences,
  readRequest,
  redactBody,
  type CleanRequest,
  type Query,
  type Reference,
  type RequestInput,
} from './request.ts'
export { operations, table, type KnownOperation } from './table.ts'
