/** Ready to copy: how each tool is told where the gateway is. The key itself stays out of them. */
export function toolSnippets(origin: string): { value: string; label: string; text: string }[] {
  const endpoint = `${origin}/hetzner/v1`
  return [
    {
      value: 'hcloud',
      label: 'hcloud',
      text: `export HCLOUD_ENDPOINT=${endpoint}\nexport HCLOUD_TOKEN=$WEBNOVA_KEY\nhcloud server list`,
    },
    {
      value: 'terraform',
      label: 'Terraform',
      text: `provider "hcloud" {\n  endpoint = "${endpoint}"\n  token    = var.webnova_key\n}`,
    },
    {
      value: 'ansible',
      label: 'Ansible',
      text: `- hetzner.hcloud.server_info:\n    api_endpoint: ${endpoint}\n    api_token: "{{ webnova_key }}"`,
    },
    {
      value: 'python',
      label: 'Python',
      text: `from hcloud import Client\n\nclient = Client(token=webnova_key, api_endpoint="${endpoint}")\nprint([server.name for server in client.servers.get_all()])`,
    },
    {
      value: 'curl',
      label: 'curl',
      text: `curl -H "Authorization: Bearer $WEBNOVA_KEY" \\\n  ${endpoint}/servers`,
    },
  ]
}
