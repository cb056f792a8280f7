# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword gate torrc`: the lines that make Tor carry visitors to the Gate, and nothing else."""

import argparse
import sys
from pathlib import Path

SOCKET = "/run/watchword-gate/gate.sock"
PROXIES = ("haproxy", "nginx")


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("gate", help="what the Gate's host needs around the program")
    parts = command.add_subparsers(dest="part", required=True, metavar="PART")
    torrc = parts.add_parser("torrc", help="print a torrc for the onion service")
    torrc.add_argument(
        "--service", default="/var/lib/tor/watchword", help="where Tor keeps the service's key"
    )
    torrc.add_argument("--to", default=f"unix:{SOCKET}", help="where the Gate, or its proxy, listens")
    torrc.add_argument("--proxy", choices=PROXIES, help="what listens there understands the PROXY protocol")
    torrc.add_argument("-o", "--output", type=Path, help="write there instead of printing")
    torrc.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    for value in (args.service, args.to):
        if not value.isprintable() or any(sign in value for sign in " \"'#\\"):
            print(f"watchword: {value!r} cannot stand in a torrc; use plain signs only", file=sys.stderr)
            return 1
    if not args.to.startswith(("unix:/", "127.0.0.1:", "[::1]:")):
        print("watchword: the Gate must be on this machine: unix:/path, or 127.0.0.1:port", file=sys.stderr)
        return 1
    text = torrc(args.service, args.to, args.proxy or "")
    if args.output:
        args.output.write_text(text, encoding="ascii")
    else:
        print(text, end="")
    return 0


def torrc(service: str, to: str, proxy: str) -> str:
    """The whole file; each option with the reason why it is there."""
    circuits = CIRCUITS.format(proxy=proxy) if proxy else NO_CIRCUITS
    return TORRC.format(service=service, to=to, circuits=circuits)


TORRC = """\
# Tor for the Gate of Watchword, made by `watchword gate torrc`. Nothing else runs in this Tor.
# Afterwards: {service}/hostname holds the address. Put it into WATCHWORD_HOSTS of the Gate, into
# WATCHWORD_ONION where there is an ordinary address too, and into the manifest.

# No proxy for programs of this machine, no relay, no way to command Tor from outside.
SocksPort 0
ORPort 0
ControlPort 0
ControlSocket 0

# A seized disk tells no more than that Tor was here.
SafeLogging 1
AvoidDiskWrites 1
DisableDebuggerAttachment 1

# The visitors' door. One socket and no port: nothing on the network reaches the Gate past Tor.
HiddenServiceDir {service}
HiddenServiceVersion 3
HiddenServicePort 80 {to}

# A flood pays first: proof of work is asked only while more come than are served, and Tor Browser does it
# by itself. Visitors who cannot do it wait longer; nobody is refused.
HiddenServicePoWDefensesEnabled 1
HiddenServicePoWQueueRate 50
HiddenServicePoWQueueBurst 500

# And the points of introduction pass on only so many in a second.
HiddenServiceEnableIntroDoSDefense 1
HiddenServiceEnableIntroDoSRatePerSec 50
HiddenServiceEnableIntroDoSBurstPerSec 500
HiddenServiceNumIntroductionPoints 6

# One circuit is one visitor: a browser opens a few streams, a program that opens hundreds loses its circuit.
HiddenServiceMaxStreams 32
HiddenServiceMaxStreamsCloseCircuit 1

{circuits}
# Guards of guards: whoever runs relays needs months to find this machine. Tor's own are on; the add-on
# `vanguards` adds warnings for a service that a state looks for. Never switch them off.
VanguardsLiteEnabled 1
"""
CIRCUITS = """\
# The proxy learns the number of each circuit, so that it can slow one down without slowing all. In front of
# the Gate: {proxy} with the PROXY protocol, version 1. The number looks like an address and is none.
HiddenServiceExportCircuitID haproxy
"""
NO_CIRCUITS = """\
# With a proxy in front that speaks the PROXY protocol, print this again with --proxy: it then learns the
# number of each circuit and can slow one down without slowing all.
"""
