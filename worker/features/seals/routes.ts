import type { ApiRouter } from '../../http/index.ts'
import { exportAudit } from './export-audit.ts'
import { getArchive } from './get-archive.ts'
import { listSealKeys, listSeals } from './list-seals.ts'
import * as schemas from './schemas.ts'
import { verifyAudit } from './verify-audit.ts'

const permission = 'audit:read'
const tag = 'Activity'

export function sealRoutes(api: ApiRouter): void {
  api.add(
    {
      method: 'get',
      path: '/audit/seals',
      permission,
      tag,
      summary: 'Seals of the activity log',
      query: schemas.listSealsInput,
      response: schemas.sealPage,
    },
    ({ ctx, query }) => listSeals(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/audit/seal-keys',
      permission,
      tag,
      summary: 'Public keys of the seals',
      response: schemas.sealKeyList,
    },
    ({ ctx }) => listSealKeys(ctx),
  )
  api.add(
    {
      method: 'get',
      path: '/audit/verification',
      permission,
      tag,
      summary: 'Check the log against its seals',
      description: 'Looks at as many seals as one call can; go on with `next` until it is null.',
      query: schemas.verifyInput,
      response: schemas.verificationSchema,
    },
    ({ ctx, query }) => verifyAudit(ctx, query),
  )
  api.add(
    {
      method: 'get',
      path: '/audit/archive',
      permission,
      tag,
      summary: 'How far the log is archived',
      description: 'Sealed spans are copied to a bucket where one is bound; nothing is deleted from the log.',
      response: schemas.archiveSchema,
    },
    ({ ctx }) => getArchive(ctx),
  )
  api.download(
    {
      path: '/audit/export',
      permission,
      tag,
      summary: 'The whole log as a file',
      description: 'JSON Lines with seals and keys, for `npm run verify-audit`; or CSV.',
      query: schemas.exportInput,
    },
    async ({ ctx, query }) => ({
      body: await exportAudit(ctx, query),
      type: query.format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      name: `webnova-audit.${query.format}`,
    }),
  )
}
