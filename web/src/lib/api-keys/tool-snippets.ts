export interface ToolSnippet {
  value: string
  label: string
  text: string
}

/** Where Hetzner's own tools find a project: in the address where one key serves several. */
export const gatewayEndpoint = (origin: string, accountId: string | null): string =>
  accountId === null ? `${origin}/hetzner/v1` : `${origin}/hetzner/${accountId}/v1`

/** Ready to copy: how each tool is told where the gateway is. The key itself stays out of them: each reads WEBNOVA_KEY. */
export const toolSnippets = (endpoint: string): ToolSnippet[] => [
  {
    value: 'hcloud',
    label: 'hcloud',
    text: `export HCLOUD_ENDPOINT=${endpoint}
export HCLOUD_TOKEN=$WEBNOVA_KEY
hcloud server list`,
  },
  {
    value: 'terraform',
    label: 'Terraform',
    text: `# export TF_VAR_webnova_key=$WEBNOVA_KEY
terraform {
  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.44"
    }
  }
}

variable "webnova_key" {
  type      = string
  sensitive = true
}

provider "hcloud" {
  endpoint = "${endpoint}"
  token    = var.webnova_key
}`,
  },
  {
    value: 'ansible',
    label: 'Ansible',
    text: `- hosts: localhost
  tasks:
    - hetzner.hcloud.server_info:
        api_endpoint: ${endpoint}
        api_token: "{{ lookup('ansible.builtin.env', 'WEBNOVA_KEY') }}"
      register: servers`,
  },
  {
    value: 'python',
    label: 'Python',
    text: `import os

from hcloud import Client

client = Client(token=os.environ["WEBNOVA_KEY"], api_endpoint="${endpoint}")
print([server.name for server in client.servers.get_all()])`,
  },
  {
    value: 'curl',
    label: 'curl',
    text: `curl --fail-with-body -H "Authorization: Bearer $WEBNOVA_KEY" \\
  ${endpoint}/servers`,
  },
]
