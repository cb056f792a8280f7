# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword ledger witness`: a small C2SP tlog-witness that remembers what it signed before it says so."""

import argparse
import fcntl
import hashlib
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from watchword.core.ledger.checkpoint import SignedCheckpoint
from watchword.core.ledger.cosignature import cosign
from watchword.core.ledger.errors import Damaged, LedgerError, Malformed
from watchword.core.ledger.note import VerifierKey
from watchword.core.ledger.tree import TreeHead
from watchword.core.ledger.witness import AddCheckpoint, Verdict, judge
from watchword.journal.disk import Disk
from watchword.journal.keyfile import VERIFYING, LogKey, make_key_file, read_key_file

LARGEST_REQUEST = 256 * 1024
PATH = "/add-checkpoint"
_SPARE = "spare"


class Memory:
    """The newest checkpoint cosigned of each log, one file each, on the disk before anybody is told."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._lock = threading.Lock()
        disk.make_directory(".")

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Comparing and remembering is one step, or two requests could roll a log back."""
        with self._lock, open(self._disk.root / "lock", "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def recall(self, origin: str) -> TreeHead | None:
        """The tree last cosigned; Damaged when the file is there and cannot be read."""
        raw = self._disk.read(self._name(origin))
        if raw is None:
            return None
        try:
            return SignedCheckpoint.parse(raw).head
        except Malformed:
            # Starting anew would mean cosigning a fork: somebody must look at this first.
            raise Damaged(f"what this witness remembers of {origin} cannot be read") from None

    def remember(self, origin: str, note: bytes) -> None:
        """Keep ``note``; when this returns, a power cut does not take it away."""
        self._disk.make_directory(".")
        self._disk.remove(_SPARE)
        self._disk.append_durably(_SPARE, note)
        self._disk.rename(_SPARE, self._name(origin))
        self._disk.sync([self._name(origin)])

    @staticmethod
    def _name(origin: str) -> str:
        return hashlib.sha256(origin.encode()).hexdigest()


class Witness:
    """A key, the logs it knows, and its memory."""

    def __init__(self, key: LogKey, logs: Sequence[VerifierKey], memory: Memory) -> None:
        self._key = key
        self._logs = logs
        self._memory = memory

    def add_checkpoint(self, body: bytes, *, now: int) -> tuple[Verdict, str]:
        """The verdict on a request, and the cosignature lines if it is 200; ``now`` in POSIX seconds."""
        try:
            request = AddCheckpoint.parse(body)
        except Malformed as error:
            return Verdict(400, str(error)), ""
        checkpoint = request.signed.checkpoint
        keys = [key for key in self._logs if key.name == checkpoint.origin]
        with self._memory.exclusive():
            verdict = judge(request, self._memory.recall(checkpoint.origin), keys, VERIFYING)
            if verdict.status != 200:
                return verdict, ""
            self._memory.remember(checkpoint.origin, request.raw)
            lines = "".join(cosign(checkpoint, signer, now).line() for signer in self._key.signers)
        return verdict, lines


class Handler(BaseHTTPRequestHandler):
    """HTTP and nothing else. It writes no log: who asks a witness, and when, is nobody's business."""

    protocol_version = "HTTP/1.1"
    server_version = "witness"
    sys_version = ""
    timeout = 30
    witness: Witness

    def do_POST(self) -> None:
        """The one call there is."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > LARGEST_REQUEST:
            self.close_connection = True
            self._answer(413 if length.isdecimal() else 411, "the body needs a length, and a small one\n")
            return
        body = self.rfile.read(int(length))
        if self.path != PATH:
            self._answer(404, "there is only add-checkpoint here\n")
            return
        try:
            verdict, lines = self.witness.add_checkpoint(body, now=int(time.time()))
        except (LedgerError, OSError):
            self._answer(500, "this witness cannot remember, so it does not sign\n")
            return
        if verdict.size_to_tell is not None:
            self._answer(verdict.status, f"{verdict.size_to_tell}\n", kind="text/x.tlog.size")
        else:
            self._answer(verdict.status, lines or f"{verdict.reason}\n")

    def _answer(self, status: int, text: str, *, kind: str = "text/plain; charset=utf-8") -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Nothing."""


def server(witness: Witness, address: tuple[str, int]) -> ThreadingHTTPServer:
    """A server that is bound but not yet serving."""
    handler = type("Handler", (Handler,), {"witness": witness})
    return ThreadingHTTPServer(address, handler)


def run(args: argparse.Namespace) -> int:
    """Serve until interrupted."""
    try:
        if args.name and not args.key.exists():
            make_key_file(args.key, args.name)
        key = read_key_file(args.key, witness=True)
        logs = [VerifierKey.parse(text) for text in args.log]
        host, _, port = args.listen.rpartition(":")
        serving = server(Witness(key, logs, Memory(Disk(args.state))), (host, int(port)))
    except (LedgerError, OSError, ValueError) as error:
        print(f"This witness cannot start: {error}.", file=sys.stderr)
        return 2
    print(f"Witness {key.origin} listens on {args.listen}. Its keys:", *key.vkeys, sep="\n", flush=True)
    with serving:
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0
