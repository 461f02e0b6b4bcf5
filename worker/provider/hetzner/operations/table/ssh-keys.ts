import { empty } from '../envelope.ts'
import { listing, plain } from '../fields.ts'
import { group, listOf, single } from './group.ts'

export const sshKeys = group({
  'GET /ssh_keys': {
    permission: 'ssh-keys:read',
    query: listing('sort', 'name', 'fingerprint', 'label_selector'),
    answer: listOf('ssh_keys', 'ssh_key'),
  },
  'POST /ssh_keys': {
    permission: 'ssh-keys:manage',
    creates: 'ssh_key',
    repeat: 'named',
    body: plain('name', 'public_key', 'labels'),
    answer: single('ssh_key'),
  },
  'GET /ssh_keys/{id}': { permission: 'ssh-keys:read', answer: single('ssh_key') },
  'PUT /ssh_keys/{id}': { permission: 'ssh-keys:manage', body: plain('name', 'labels'), answer: single('ssh_key') },
  'DELETE /ssh_keys/{id}': { permission: 'ssh-keys:delete', answer: empty },
})
