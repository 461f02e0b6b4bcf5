import { m } from '#lib/paraglide/messages.js'
import type { Verdict } from './verification.svelte.ts'

/** What was found, in one sentence that names the first wrong row or seal. */
export function problemText(problem: NonNullable<Verdict['problem']>): string {
  const { seal, seq = 0 } = problem
  switch (problem.kind) {
    case 'row_missing':
      return m.integrity_row_missing({ seq, seal })
    case 'row_inserted':
      return m.integrity_row_inserted({ seq, seal })
    case 'row_changed':
      return m.integrity_row_changed({ seq, seal })
    case 'seal_missing':
      return m.integrity_seal_missing({ seal })
    case 'seal_broken_chain':
      return m.integrity_seal_broken({ seal })
    case 'seal_bad_signature':
      return m.integrity_seal_signature({ seal })
    case 'key_unknown':
      return m.integrity_key_unknown({ seal, key: problem.keyId ?? '' })
  }
}
