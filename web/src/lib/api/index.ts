export { api, call } from './client.ts'
export { Resource, type ResourceState } from './resource.svelte.ts'
export { setSessionEndHandler } from './transport.ts'
