# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword demo`: an invented organisation with forty invented applicants, and both programs running."""

import argparse
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from watchword.accounts.demo import CastMember, read_cast, write_cast
from watchword.cli import directory, founding, kit, serve
from watchword.cli.invented.applicants import applicants
from watchword.cli.invented.staff import STAFF, demo_organisation, passphrase_of
from watchword.cli.invented.story import founding_time
from watchword.trust.kit_note import sign_kit

APPLICANTS = 40
# Long, for a small machine that is busy; who ends by itself is not waited for.
START_SECONDS = 120
READY = "made.txt"
PROFILE = "legion"


def add_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser("demo", help="try it: invented people, both programs, this machine only")
    command.add_argument("--dir", type=Path, default=Path("watchword-demo"), help="made if it does not exist")
    command.add_argument("--gate-port", type=int, default=serve.PORTS["gate"])
    command.add_argument("--desk-port", type=int, default=serve.PORTS["desk"])
    command.add_argument("--applicants", type=int, default=APPLICANTS, help="how many invented applications")
    command.add_argument(
        "--profile", choices=sorted(STAFF), help=f"whose procedure (default: {PROFILE}, or the one it has)"
    )
    command.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the demo if there is none, start both programs, and stay until stopped or one of them ends."""
    # A supervisor's polite stop should take the children down too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    fresh = not (args.dir / READY).exists()
    if fresh and args.dir.exists():
        print(f"{args.dir} is not a finished demo; delete it and try again.", file=sys.stderr)
        return 1
    args.profile = args.profile or PROFILE if fresh else kept_profile(args)
    if args.profile is None:
        print(f"{args.dir} is a demo of another procedure; choose another --dir.", file=sys.stderr)
        return 1
    if taken := [port for port in (args.gate_port, args.desk_port) if not is_free(port)]:
        print(f"Port {taken[0]} is in use; choose others: --gate-port, --desk-port.", file=sys.stderr)
        return 1
    if fresh:
        make_organisation(args)
    # It compares, for which numpy is loaded; no other command waits for that.
    from watchword.cli import demo_matcher

    running: list[subprocess.Popen[bytes]] = []
    try:
        running.append(demo_matcher.start(args.dir))
        running.append(start("gate", args.dir, args.gate_port))
        if fresh:
            make_applications(args)
            (args.dir / READY).write_text("The demo was made completely.\n", encoding="utf-8")
        running.append(start("desk", args.dir, args.desk_port))
        return wait_for(running, welcome(args))
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=START_SECONDS)


def kept_profile(args: argparse.Namespace) -> str | None:
    """The procedure that a demo was made with; None when another one is asked for."""
    lines = (args.dir / "gate" / directory.SETTINGS).read_text(encoding="utf-8").splitlines()
    made = next(line.partition("=")[2] for line in lines if line.startswith("WATCHWORD_PROFILE="))
    return made if args.profile in (None, made) else None


def make_organisation(args: argparse.Namespace) -> None:
    """Found it forty days ago, with the smallest Argon2id that is still one: these passphrases are public."""
    from watchword.cli import demo_matcher

    print("Making a demo organisation. Everybody in it is invented.", flush=True)
    founding.make_directories(args.dir)
    extra = {
        "WATCHWORD_DEMO": "true",
        "WATCHWORD_COURIER_SECONDS": "3",
        "WATCHWORD_PASSPHRASE_PASSES": "1",
        "WATCHWORD_PASSPHRASE_KIB": "8192",
        **demo_matcher.setting(args.dir),
    }
    organisation = demo_organisation(gate_address(args), args.profile)
    told = founding.found(args.dir, organisation, passphrase_of, founding_time(datetime.now(UTC)), extra)
    cast = [
        CastMember(one.person.login, one.person.name, one.person.roles, one.passphrase, one.totp_secret)
        for one in told
    ]
    write_cast(cast_file(args), cast)
    make_kit(args.dir)


def make_kit(home: Path) -> None:
    """Build the offline kit in a process that becomes the Gate, and sign it with two of the demo's roots."""
    words = ["-m", "watchword.cli.main", "kit", "make", "--dir", str(home / "gate")]
    subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
    note = b""
    for root in founding.read_roots(home / "roots")[: founding.ROOTS_NEEDED]:
        note = sign_kit((home / "gate" / kit.KIT).read_bytes(), root, note)
    (home / "gate" / kit.NOTE).write_bytes(note)


def make_applications(args: argparse.Namespace) -> None:
    """Play the applicants' lives, with this process as the Desk."""
    # Models can be imported only in a process that has become the Desk.
    from watchword.cli.invented.desk_seeder import seed

    seed(
        read_cast(cast_file(args)),
        args.dir / "gate",
        gate_address(args),
        applicants(args.applicants, args.profile),
        progress,
    )


def progress(done: int, of: int) -> None:
    """One line that counts up on a terminal; every tenth in a file, where each would stay a line."""
    if sys.stdout.isatty():
        print(f"\r  {done} of {of} invented applications", end="\n" if done == of else "", flush=True)
    elif done % 10 == 0 or done == of:
        print(f"  {done} of {of} invented applications", flush=True)


def start(program: str, home: Path, port: int) -> subprocess.Popen[bytes]:
    """Start one of the two programs and wait until it answers."""
    process = subprocess.Popen(  # noqa: S603 - ourselves
        [
            *(sys.executable, "-m", "watchword.cli.main", "run", program),
            *("--dir", str(home / program), "--port", str(port)),
        ]
    )
    deadline = time.monotonic() + START_SECONDS
    # One client for all tries: each reads every certificate that it trusts.
    with httpx.Client(trust_env=False, timeout=2) as http:
        while process.poll() is None and time.monotonic() < deadline:
            try:
                http.get(f"http://127.0.0.1:{port}/")
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return process
    process.terminate()
    raise SystemExit(f"The {program} did not start; see above for the reason.")


def is_free(port: int) -> bool:
    """Whether we could listen there; otherwise somebody else's answer would pass for ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for(running: list[subprocess.Popen[bytes]], words: str) -> int:
    """Say ``words``; until one of them ends by itself (then that is a failure) or somebody interrupts."""
    try:
        print(words, flush=True)
        while all(process.poll() is None for process in running):
            time.sleep(0.3)
    except KeyboardInterrupt:
        return 0
    return 1


def cast_file(args: argparse.Namespace) -> Path:
    return Path(args.dir) / "desk" / "demo-cast.json"


def gate_address(args: argparse.Namespace) -> str:
    return f"http://127.0.0.1:{args.gate_port}/"


def welcome(args: argparse.Namespace) -> str:
    # As it was typed: `make run` leaves no watchword on the path.
    program = sys.argv[0] if Path(sys.argv[0]).name == "watchword" else "watchword"
    return f"""
The demo is running. Everybody in it is invented; its keys lie on this disk,
and nothing in it is secret.

  1. The Gate, where people apply:   http://127.0.0.1:{args.gate_port}/
  2. The Desk, where officers work:  http://127.0.0.1:{args.desk_port}/
     Its log-in page shows every officer's passphrase and one-time code.
     Begin as iryna (intake), go on as ada (vetting), sofia and stas
     (screening), then eva, ihor, nina and ben (the board).
  3. The ledger, checked offline:
     {program} ledger verify {args.dir}/desk/ledger \\
       --manifest {args.dir}/gate/manifest.note

Stop with Ctrl-C; the next start goes on where you left.
Delete {args.dir} to begin again.
"""
