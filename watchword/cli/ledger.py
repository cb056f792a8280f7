# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword ledger ...`: check a ledger offline, be a witness of one, ask witnesses, look inside."""

import argparse
from pathlib import Path

from watchword.cli import ledger_cosign, ledger_inspect, ledger_verify, ledger_witness


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ledger = commands.add_parser("ledger", help="check the ledger, or be a witness of one")
    verbs = ledger.add_subparsers(dest="verb", required=True, metavar="VERB")
    _verify(verbs.add_parser("verify", help="check a whole log offline, with public keys alone"))
    _witness(verbs.add_parser("witness", help="remember logs and cosign what only grows (C2SP tlog-witness)"))
    _cosign(verbs.add_parser("cosign", help="ask witnesses to cosign the newest checkpoint, and keep it"))
    _inspect(verbs.add_parser("inspect", help="print the checkpoint and the newest entries"))


def _verify(verify: argparse.ArgumentParser) -> None:
    verify.add_argument("directory", type=Path, help="the log: checkpoint and tile/ lie in it")
    verify.add_argument("--log", action="append", default=[], metavar="VKEY", help="a key of the log")
    verify.add_argument("--manifest", type=Path, metavar="FILE", help="take the log's keys from a manifest")
    verify.add_argument(
        "--root", action="append", default=[], metavar="VKEY", help="a root that signed it; two needed"
    )
    verify.add_argument("--policy", type=Path, help="a C2SP tlog-policy file instead of --log and --witness")
    verify.add_argument(
        "--founder",
        action="append",
        default=[],
        metavar="KEY",
        help="who may have opened the log (base64url)",
    )
    verify.add_argument(
        "--checkpoint", action="append", default=[], type=Path, metavar="FILE", help="a checkpoint you kept"
    )
    verify.add_argument("--witness", action="append", default=[], metavar="VKEY", help="a key of a witness")
    verify.add_argument("--quorum", type=int, metavar="K", help="how many of them must have cosigned")
    verify.add_argument("--vault", type=Path, metavar="DIR", help="check the sealed records there as well")
    verify.add_argument("--foreign", action="store_true", help="any C2SP tile log: do not read the entries")
    verify.set_defaults(run=ledger_verify.run)


def _witness(witness: argparse.ArgumentParser) -> None:
    witness.add_argument(
        "--state", type=Path, required=True, metavar="DIR", help="what this witness remembers"
    )
    witness.add_argument("--key", type=Path, required=True, metavar="FILE", help="made if it is not there")
    witness.add_argument("--name", help="the name to make the key under")
    witness.add_argument("--log", action="append", required=True, metavar="VKEY", help="a key of a log")
    witness.add_argument("--listen", default="127.0.0.1:8790", metavar="ADDRESS:PORT")
    witness.set_defaults(run=ledger_witness.run)


def _cosign(cosign: argparse.ArgumentParser) -> None:
    cosign.add_argument("directory", type=Path, help="the log")
    cosign.add_argument("--url", action="append", required=True, help="where a witness listens")
    cosign.add_argument(
        "--witness", action="append", required=True, metavar="VKEY", help="a key of a witness"
    )
    cosign.add_argument(
        "--keep", type=Path, required=True, metavar="FILE", help="where to put the cosigned copy"
    )
    cosign.set_defaults(run=ledger_cosign.run)


def _inspect(inspect: argparse.ArgumentParser) -> None:
    inspect.add_argument("directory", type=Path, help="the log")
    inspect.add_argument("--last", type=int, default=20, metavar="N", help="how many entries")
    inspect.set_defaults(run=ledger_inspect.run)
