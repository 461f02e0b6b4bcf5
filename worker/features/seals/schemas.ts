import { z } from '../../http/index.ts'

const sealNumber = z.coerce.number().int().min(0)

export const verifyInput = z.object({
  after: sealNumber.default(0).openapi({ description: 'Go on after this seal: `next.after` of the call before.' }),
  hash: z.string().max(64).optional(),
  toSeq: sealNumber.optional(),
})
export type VerifyInput = z.output<typeof verifyInput>

const problem = z
  .object({
    kind: z.enum([
      'row_missing',
      'row_inserted',
      'row_changed',
      'seal_missing',
      'seal_broken_chain',
      'seal_bad_signature',
      'key_unknown',
    ]),
    seal: z.number().int(),
    seq: z.number().int().optional().openapi({ description: 'The first wrong row, where it is a row.' }),
    keyId: z.string().optional(),
  })
  .openapi('AuditProblem')

export const verificationSchema = z
  .object({
    seals: z.number().int(),
    rows: z.number().int(),
    problem: problem.nullable(),
    next: z
      .object({ after: z.number().int(), hash: z.string(), toSeq: z.number().int() })
      .nullable()
      .openapi({ description: 'Null: everything was looked at, or a problem was found.' }),
    head: z
      .object({ lastSeq: z.number().int(), sealedTo: z.number().int(), number: z.number().int(), hash: z.string() })
      .openapi({ description: 'Write number and hash down elsewhere: with them, a cut-off log is noticed too.' }),
    at: z.iso.datetime(),
  })
  .openapi('AuditVerification')
export type Verification = z.input<typeof verificationSchema>

export const sealKeySchema = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    kid: z.string(),
    x: z.string(),
    fingerprint: z.string(),
  })
  .openapi('AuditSealKey')

export const sealKeyList = z.object({ keys: z.array(sealKeySchema) })

export const listSealsInput = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type ListSealsInput = z.output<typeof listSealsInput>

export const sealSchema = z
  .object({
    number: z.number().int(),
    at: z.iso.datetime(),
    fromSeq: z.number().int(),
    toSeq: z.number().int(),
    hash: z.string(),
    keyId: z.string(),
  })
  .openapi('AuditSeal')

export const sealPage = z.object({ items: z.array(sealSchema), nextCursor: z.string().nullable() })
export type SealPage = z.input<typeof sealPage>

export const archiveSchema = z
  .object({
    configured: z.boolean().openapi({ description: 'Whether a bucket is bound to this instance.' }),
    waiting: z.number().int().openapi({ description: 'Seals that are not in the archive yet.' }),
    last: z
      .object({ key: z.string(), toSeal: z.number().int(), at: z.iso.datetime(), bytes: z.number().int() })
      .nullable(),
  })
  .openapi('AuditArchive')
export type ArchiveState = z.input<typeof archiveSchema>

export const exportInput = z.object({
  from: z.coerce.number().int().min(1).default(1).openapi({ description: 'First row number.' }),
  format: z.enum(['jsonl', 'csv']).default('jsonl'),
})
export type ExportInput = z.output<typeof exportInput>
