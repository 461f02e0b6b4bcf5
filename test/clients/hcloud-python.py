"""A long scenario with python3-hcloud. Prints one JSON line for each call that the library made: what it asked, and what
it was told. Endpoint and token: HCLOUD_ENDPOINT and HCLOUD_TOKEN."""

import json
import os
import sys

from hcloud import APIException, Client
from hcloud.actions.domain import ActionFailedException
from hcloud.datacenters.domain import Datacenter
from hcloud.firewalls.domain import FirewallResource, FirewallRule
from hcloud.images.domain import Image
from hcloud.locations.domain import Location
from hcloud.networks.domain import NetworkRoute, NetworkSubnet
from hcloud.server_types.domain import ServerType
from hcloud.servers.domain import Server, ServerCreatePublicNetwork

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEq8r1Qy3cZfW0hT7n5m2v9XkLdJp4sRb6uYtGwE1aOi python@example"

step = ""


class Recorded(Client):
    """Tells of every call; of several looks at one action only of the last."""

    def request(self, method, url, tries=1, **options):
        call = {"step": step, "method": method, "url": url, "sent": options.get("json") or options.get("params")}
        try:
            answer = super().request(method, url, tries, **options)
        except APIException as error:
            tell({**call, "code": error.code, "message": error.message, "details": error.details})
            raise
        if not (url.startswith("/actions/") and answer["action"]["status"] == "running"):
            tell({**call, "answer": answer})
        return answer


def tell(line):
    if isinstance(line.get("answer"), bytes):
        line["answer"] = line["answer"].decode()
    print(json.dumps(line, default=str), flush=True)


def run(name, act):
    """One step: a refusal is an outcome like any other."""
    global step
    step = name
    try:
        return act()
    except (APIException, ActionFailedException):
        return None


def done(action):
    if action is not None:
        action.wait_until_finished()
    return action


client = Recorded(
    token=os.environ["HCLOUD_TOKEN"], api_endpoint=os.environ["HCLOUD_ENDPOINT"], poll_interval=0.1
)
nbg1 = Location(name="nbg1")
debian = Image(name="debian-12")
small = ServerType(name="cpx22")


def created(name, **options):
    response = client.servers.create(name=name, server_type=small, image=debian, location=nbg1, **options)
    done(response.action)
    for action in response.next_actions:
        done(action)
    return response.server


key = run("ssh key create", lambda: client.ssh_keys.create(name="python", public_key=KEY, labels={"team": "web"}))
run("ssh key create again", lambda: client.ssh_keys.create(name="python", public_key=KEY))
run("ssh key by name", lambda: client.ssh_keys.get_by_name("python"))
run("ssh key by fingerprint", lambda: client.ssh_keys.get_by_fingerprint(key.fingerprint))
run("ssh key update", lambda: key.update(name="snake", labels={}))

subnet = NetworkSubnet(type="cloud", network_zone="eu-central", ip_range="10.40.1.0/24")
network = run("network create", lambda: client.networks.create(name="py", ip_range="10.40.0.0/16", subnets=[subnet]))
more = NetworkSubnet(type="cloud", network_zone="eu-central", ip_range="10.40.2.0/24")
route = NetworkRoute(destination="192.168.7.0/24", gateway="10.40.1.9")
run("network subnet", lambda: done(network.add_subnet(more)))
run("network route", lambda: done(network.add_route(route)))
run("network protect", lambda: done(network.change_protection(delete=True)))
run("network delete protected", lambda: network.delete())
run("network unprotect", lambda: done(network.change_protection(delete=False)))
run("network list", lambda: client.networks.get_all())

rule = FirewallRule(direction="in", protocol="tcp", port="443", source_ips=["0.0.0.0/0", "::/0"], description="web")
firewall = run("firewall create", lambda: client.firewalls.create(name="py", rules=[rule]).firewall)
run("firewall rules", lambda: [done(action) for action in firewall.set_rules([rule, rule])])
group = run(
    "placement group create", lambda: client.placement_groups.create(name="py", type="spread").placement_group
)
volume = run("volume create", lambda: client.volumes.create(size=10, name="py", location=nbg1, labels={"a": "b"}).volume)
run("volume create too small", lambda: client.volumes.create(size=1, name="tiny", location=nbg1))

server = run(
    "server create",
    lambda: created(
        "snake",
        ssh_keys=[key],
        networks=[network],
        firewalls=[firewall],
        volumes=[volume],
        placement_group=group,
        labels={"team": "web"},
        user_data="#cloud-config\n",
    ),
)
run("server create again", lambda: created("snake"))
run("server create of nothing", lambda: client.servers.create(name="x", server_type=ServerType(name="no"), image=debian))
run("server list", lambda: client.servers.get_all(label_selector="team=web"))
run("server list by status", lambda: client.servers.get_list(status=["running", "off"], page=1, per_page=1))
run("server by name", lambda: client.servers.get_by_name("snake"))
run("server by id", lambda: client.servers.get_by_id(server.id))
run("server of no id", lambda: client.servers.get_by_id(1))
run("server of a huge id", lambda: client.servers.get_by_id(2**63))
run("server actions", lambda: server.get_actions(sort=["id:asc"]))
run("server actions by status", lambda: server.get_actions_list(status=["success"], page=1, per_page=2))
run("server update", lambda: server.update(name="snake-1", labels={"team": "web", "stage": "test"}))

for name in ["power_off", "power_on", "reboot", "reset", "shutdown", "power_off"]:
    run(f"server {name}", lambda: done(getattr(server, name)()))
run("server resize", lambda: done(server.change_type(ServerType(name="cpx32"), upgrade_disk=False)))
run("server resize to nothing", lambda: server.change_type(ServerType(name="no"), upgrade_disk=False))
run("server power on", lambda: done(server.power_on()))
run("server backup on", lambda: done(server.enable_backup()))
run("server backup off", lambda: done(server.disable_backup()))
run("server rescue", lambda: done(server.enable_rescue(ssh_keys=[key.id]).action))
run("server rescue of no type", lambda: server.enable_rescue(type="dos"))
run("server rescue off", lambda: done(server.disable_rescue()))
run("server password", lambda: done(server.reset_password().action))
run("server console", lambda: done(server.request_console().action))
run("server rdns", lambda: done(server.change_dns_ptr(server.public_net.ipv4.ip, "snake.example.com")))
run("server rdns of another address", lambda: server.change_dns_ptr("192.0.2.1", "snake.example.com"))
run("server alias", lambda: done(server.change_alias_ips(network=network, alias_ips=["10.40.1.77"])))
run("server leaves the network", lambda: done(server.detach_from_network(network)))
run("server joins the network", lambda: done(server.attach_to_network(network, ip="10.40.1.20")))
run("server iso", lambda: done(server.attach_iso(client.isos.get_by_id(26045))))
run("server iso off", lambda: done(server.detach_iso()))
run("server protect", lambda: done(server.change_protection(delete=True, rebuild=True)))
run("server delete protected", lambda: server.delete())
run("server rebuild protected", lambda: server.rebuild(debian))
run("server unprotect", lambda: done(server.change_protection(delete=False, rebuild=False)))


def snapshot_of(one):
    response = one.create_image(description="from python", type="snapshot", labels={"team": "web"})
    done(response.action)
    return response.image


snapshot = run("snapshot create", lambda: snapshot_of(server))
run("snapshot list", lambda: client.images.get_all(type="snapshot"))
run("snapshot update", lambda: snapshot.update(description="renamed", labels={"x": "y"}))
run("snapshot protect", lambda: done(snapshot.change_protection(delete=True)))
run("snapshot delete protected", lambda: snapshot.delete())
run("snapshot unprotect", lambda: done(snapshot.change_protection(delete=False)))
run("server rebuild", lambda: done(server.rebuild(Image(id=snapshot.id))))
run("snapshot delete", lambda: snapshot.delete())

run("server rebuild from nothing", lambda: server.rebuild(Image(name="nothing-1")))
run("server rebuild from an impossible image", lambda: server.rebuild(Image(id=-1)))
run("server with labels of another form", lambda: server.update(labels={"a": 1}))
run("server with a bad label", lambda: server.update(labels={"a b": "c"}))
run("volume detach", lambda: done(volume.detach()))
run("volume attach", lambda: done(volume.attach(server, automount=False)))
run("volume resize", lambda: done(volume.resize(20)))
run("volume shrink", lambda: volume.resize(10))
run("volume delete attached", lambda: volume.delete())
run("volume detach again", lambda: done(volume.detach()))

nothing = ServerCreatePublicNetwork(enable_ipv4=False, enable_ipv6=False)
bare = run(
    "server create without addresses",
    lambda: created("bare", public_net=nothing, networks=[network], start_after_create=False),
)
primary = run(
    "primary ip create",
    lambda: client.primary_ips.create(
        type="ipv4", name="py", datacenter=Datacenter(name="nbg1-dc3"), assignee_id=bare.id, auto_delete=False
    ).primary_ip,
)
run("primary ip rdns", lambda: done(primary.change_dns_ptr(primary.ip, "py.example.com")))
run("primary ip unassign", lambda: done(primary.unassign()))
run("primary ip assign", lambda: done(primary.assign(bare.id, "server")))
run("primary ip unassign again", lambda: done(primary.unassign()))
floating = run(
    "floating ip create", lambda: client.floating_ips.create(type="ipv4", name="py", home_location=nbg1).floating_ip
)
run("floating ip assign", lambda: done(floating.assign(server)))
run("floating ip rdns", lambda: done(floating.change_dns_ptr(floating.ip, "moving.example.com")))
run("floating ip unassign", lambda: done(floating.unassign()))

applied = FirewallResource(type="server", server=Server(id=server.id))
run("firewall delete in use", lambda: firewall.delete())
run("firewall apply", lambda: [done(action) for action in firewall.apply_to_resources([FirewallResource(type="server", server=Server(id=bare.id))])])
run("firewall remove", lambda: [done(action) for action in firewall.remove_from_resources([applied])])
for name in ["locations", "server_types", "load_balancer_types", "isos", "primary_ips", "floating_ips"]:
    run(f"{name} list", lambda: getattr(client, name).get_all())
run("datacenters", lambda: client.datacenters.get_all())
run("placement group leave", lambda: done(server.power_off()) and done(server.remove_from_placement_group()))

for name, one in [
    ("server", server),
    ("bare server", bare),
    ("primary ip", primary),
    ("floating ip", floating),
    ("volume", volume),
    ("firewall", firewall),
    ("placement group", group),
    ("network", network),
    ("ssh key", key),
]:
    run(f"{name} delete", lambda: one.delete())
run("server list at the end", lambda: client.servers.get_all())
sys.stdout.flush()
