import type { ServerDetail, ServerMetadataPatch } from '../types.ts'

const fields = ['displayName', 'project', 'environment', 'notes'] as const
type Field = (typeof fields)[number]
type Base = Record<Field, string> & { tags: string[] }

const baseOf = (server: ServerDetail): Base => ({
  displayName: server.displayName ?? '',
  project: server.project ?? '',
  environment: server.environment ?? '',
  notes: server.notes,
  tags: server.tags,
})
const sameTags = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((tag) => b.includes(tag))

/** What is being written about a server, apart from what it is: nothing that arrives meanwhile overwrites it. */
export class MetadataDraft {
  readonly #base: Base
  displayName = $state('')
  project = $state('')
  environment = $state('')
  notes = $state('')
  tags = $state.raw<string[]>([])

  constructor(server: ServerDetail) {
    this.#base = baseOf(server)
    for (const field of fields) this[field] = this.#base[field]
    this.tags = this.#base.tags
  }

  /** Only what was changed, so that two people who change different things both keep theirs. */
  readonly patch = $derived.by((): ServerMetadataPatch => {
    const changed = fields.filter((field) => this[field].trim() !== this.#base[field].trim())
    const patch: ServerMetadataPatch = Object.fromEntries(changed.map((field) => [field, this[field].trim()]))
    return sameTags(this.tags, this.#base.tags) ? patch : { ...patch, tags: this.tags }
  })
  readonly dirty = $derived(Object.keys(this.patch).length > 0)
}
