import type { ApprovalPort } from '../../../http/index.ts'
import { requestApproval } from './request-approval.ts'
import { takeApproval } from './take-approval.ts'

/** What the HTTP side needs of approvals (http/approvals.ts). */
export const approvalPort: ApprovalPort = { request: requestApproval, take: takeApproval }
