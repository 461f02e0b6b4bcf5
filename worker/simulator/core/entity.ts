export type Labels = Record<string, string>

/** Every stored record has an id that is unique within its kind, and belongs to one project (0 = none). */
export interface Entity {
  id: number
  project: number
}
