import { open, theAction } from '../envelope.ts'
import { listing, plain, secret, type BodyFields } from '../fields.ts'
import { act, actionReads, group, listOf, single, withAction } from './group.ts'

const nameservers: BodyFields = {
  ...plain('primary_nameservers[].address', 'primary_nameservers[].port', 'primary_nameservers[].tsig_algorithm'),
  'primary_nameservers[].tsig_key': secret,
}

export const zones = group({
  'GET /zones': {
    permission: 'zones:read',
    query: listing('name', 'mode', 'label_selector', 'sort'),
    answer: listOf('zones', 'zone'),
  },
  'POST /zones': {
    permission: 'zones:manage',
    creates: 'zone',
    repeat: 'named',
    body: { ...plain('name', 'mode', 'ttl', 'labels', 'rrsets', 'zonefile'), ...nameservers },
    answer: withAction('zone'),
  },
  'GET /zones/{id_or_name}': { permission: 'zones:read', answer: single('zone') },
  'PUT /zones/{id_or_name}': { permission: 'zones:manage', body: plain('labels'), answer: single('zone') },
  'DELETE /zones/{id_or_name}': { permission: 'zones:delete', answer: theAction, status: 201 },
  'GET /zones/{id_or_name}/zonefile': { permission: 'zones:read', answer: { zonefile: open } },
  'POST /zones/{id_or_name}/actions/change_primary_nameservers': act('zones:manage', { body: nameservers }),
  'POST /zones/{id_or_name}/actions/change_protection': act('zones:manage', { body: plain('delete') }),
  'POST /zones/{id_or_name}/actions/change_ttl': act('zones:manage', { body: plain('ttl') }),
  // Everything the zone held before is gone.
  'POST /zones/{id_or_name}/actions/import_zonefile': act('zones:manage', {
    destructive: true,
    body: plain('zonefile'),
  }),
  ...actionReads('zones', 'zones:read', 'id_or_name'),
})

const records = plain('records[].value', 'records[].comment')

export const rrsets = group({
  'GET /zones/{id_or_name}/rrsets': {
    permission: 'zones:read',
    query: listing('name', 'type', 'label_selector', 'sort'),
    mostPerPage: 100,
    answer: listOf('rrsets', 'rrset'),
  },
  'POST /zones/{id_or_name}/rrsets': {
    permission: 'zones:manage',
    repeat: 'named',
    body: { ...plain('name', 'type', 'ttl', 'labels'), ...records },
    answer: withAction('rrset'),
  },
  'GET /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}': { permission: 'zones:read', answer: single('rrset') },
  'PUT /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}': {
    permission: 'zones:manage',
    body: plain('labels'),
    answer: single('rrset'),
  },
  // No more than `remove_records` of all its records does.
  'DELETE /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}': {
    permission: 'zones:manage',
    answer: theAction,
    status: 201,
  },
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/change_protection': act('zones:manage', {
    body: plain('change'),
  }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/change_ttl': act('zones:manage', { body: plain('ttl') }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/set_records': act('zones:manage', { body: records }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/add_records': act('zones:manage', {
    body: { ...plain('ttl'), ...records },
  }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/remove_records': act('zones:manage', { body: records }),
  'POST /zones/{id_or_name}/rrsets/{rr_name}/{rr_type}/actions/update_records': act('zones:manage', {
    body: records,
    status: 200,
  }),
})
