"""Hosts on this machine: network namespaces on a bridge, each with a name, an address and mounts of its own.

That takes root, iproute2 and a kernel that allows it; without, there is one host, under several names.
"""

import contextlib
import os
import socket
import subprocess


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def free_port():
    """Return a port that nobody listens at."""
    with socket.socket() as one:
        one.bind(("", 0))
        return one.getsockname()[1]


def begin(names):
    """Return hosts, apart where that can be done here, else the same one, loudly."""
    apart = Hosts(names)
    try:
        apart.start()
        return apart
    except (OSError, subprocess.CalledProcessError) as e:
        apart.close()
        print(f"ALL NODES ARE ONE HOST: {getattr(e, 'stderr', None) or e}", flush=True)
        return OneHost(names)


class OneHost:
    """This machine, under several names."""

    address = "127.0.0.1"
    apart = False

    def __init__(self, names):
        self.ports = {name: free_port() for name in names}

    def words(self, name):
        """Return how Slurm's configuration tells where a host is."""
        return f"NodeHostname={socket.gethostname()} NodeAddr={self.address} Port={self.ports[name]}"

    def command(self, name, command):
        """Return the words that run a command there; the process stays the same."""
        return command

    def close(self):
        """Leave nothing behind."""


class Hosts:
    """A bridge with an address of this machine, and hosts behind it."""

    apart = True

    def __init__(self, names):
        self.names = list(names)
        self.mark = f"ev{os.getpid()}"
        self.subnet = f"10.213.{os.getpid() % 250}"
        self.address = f"{self.subnet}.254"

    def _address_of(self, name):
        return f"{self.subnet}.{self.names.index(name) + 1}"

    def _link(self, name):
        """Return the name of the bridge's end of a host's link; the kernel takes 15 characters."""
        return f"{self.mark}-{self.names.index(name)}"

    def start(self):
        ip("link", "add", self.mark, "type", "bridge")
        ip("address", "add", f"{self.address}/24", "dev", self.mark)
        ip("link", "set", self.mark, "up")
        for name in self.names:
            link = self._link(name)
            ip("netns", "add", link)
            ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", link)
            ip("link", "set", link, "master", self.mark)
            ip("link", "set", link, "up")
            ip("-n", link, "address", "add", f"{self._address_of(name)}/24", "dev", "eth0")
            ip("-n", link, "link", "set", "eth0", "up")
            ip("-n", link, "link", "set", "lo", "up")

    def words(self, name):
        """Return how Slurm's configuration tells where a host is."""
        return f"NodeAddr={self._address_of(name)}"

    def command(self, name, command, mount=None):
        """Return the words that run a command there; the process stays the same.

        A directory can be mounted anew before, by bindfs: its file locks are not those of other hosts then, as on
        many a network.
        """
        rename = 'hostname "$0" && exec "$@"'
        if mount:
            again = 'bindfs "$0" "$0" && cd "$0" && exec "$@"'
            command = ["sh", "-c", again, mount, *command]
        # Not by "ip netns exec", which mounts /sys anew, without the control groups in it.
        apart = [f"--net=/run/netns/{self._link(name)}", "unshare", "--uts", "--mount"]
        return ["nsenter", *apart, "sh", "-c", rename, name, *command]

    def cut(self, name):
        """Let nothing go to a host or come from it."""
        ip("link", "set", self._link(name), "down")

    def mend(self, name):
        """Connect a host again."""
        ip("link", "set", self._link(name), "up")

    def close(self):
        """Leave nothing behind."""
        for words in [["netns", "delete", self._link(name)] for name in self.names] + [["link", "delete", self.mark]]:
            with contextlib.suppress(OSError, subprocess.CalledProcessError):
                ip(*words)
