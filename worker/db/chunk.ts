/** D1 refuses a statement with more than 100 bound parameters. */
const maxParameters = 100

/** Splits a list for `IN (…)` or a multi-row insert so that no statement binds too much. */
export function chunk<T>(items: readonly T[], parametersPerItem = 1, reserved = 0): T[][] {
  const size = Math.max(1, Math.floor((maxParameters - reserved) / parametersPerItem))
  const chunks: T[][] = []
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size))
  return chunks
}
