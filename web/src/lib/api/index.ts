export { api, call } from './client.ts'
export type { ResourceState } from '#lib/ui/resource-state.ts'
export { Resource } from './resource.svelte.ts'
export { setSessionHooks } from './transport.ts'
