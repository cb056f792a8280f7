# SPDX-License-Identifier: AGPL-3.0-or-later
"""`watchword deploy`: what the programs around ours take as it is, and what the ledger's role refuses."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from watchword.cli.deploy import configuration
from watchword.cli.main import main
from watchword.journal.models import PendingEntry

NGINX, SYSTEMD = shutil.which("nginx"), shutil.which("systemd-analyze")
DESK = configuration("desk", "desk.example.org", "/usr/bin/true", "/srv/watchword", "/etc/certificates")


@pytest.mark.parametrize(
    "words",
    [
        ("--name", "gate.example.org; include /etc/passwd"),
        ("--name", "gate.example.org\nserver_name all"),
        ("--name", "localhost"),
        (),
        ("--name", "gate.example.org", "--home", "/srv/a b"),
        ("--name", "gate.example.org", "--home", "srv"),
        ("--name", "gate.example.org", "--program", "/bin/true\nUser=root"),
    ],
)
def test_what_would_become_another_line_is_refused(
    tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deploy", "gate", "--to", str(tmp_path / "files"), *words]) == 1
    assert "must be a whole path" in (said := capsys.readouterr().err) or "is not a host name" in said
    assert not (tmp_path / "files").exists()


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    assert main(["deploy", "desk", "--name", "desk.example.org", "--to", str(tmp_path)]) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_matcher_has_no_door_and_the_desk_comes_no_further_than_its_socket(tmp_path: Path) -> None:
    assert main(["deploy", "matcher", "--to", str(tmp_path / "files")]) == 0
    written = {file.name: file.read_text() for file in (tmp_path / "files").iterdir()}
    assert set(written) == {"watchword-matcher.service", "order.txt", "sysusers.conf"}
    assert "m watchword-desk watchword-matcher" in written["sysusers.conf"]
    # The folder is its account's alone, and the socket is not in it.
    assert "-m 700 -o watchword-matcher" in written["order.txt"]
    assert "--socket /run/watchword-matcher/" in written["watchword-matcher.service"]
    assert "nginx" not in str(written)


@pytest.mark.skipif(NGINX is None, reason="nginx is not here, and to install it is to start it")
def test_nginx_takes_it(tmp_path: Path) -> None:
    (tmp_path / "gate.example.org").mkdir()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "2", "-subj", "/CN=gate"),
            *("-keyout", str(tmp_path / "gate.example.org" / "privkey.pem")),
            *("-out", str(tmp_path / "gate.example.org" / "fullchain.pem")),
        ],
        check=True,
        capture_output=True,
    )
    written = configuration("gate", "gate.example.org", "/usr/bin/true", "/srv", str(tmp_path))
    folders = "".join(
        f"{kind}_temp_path {tmp_path};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {tmp_path}/pid; events {{}} http {{ {folders} {written['nginx.conf']} }}"
    (tmp_path / "nginx.conf").write_text(whole, encoding="ascii")
    command = [str(NGINX), "-t", "-e", "stderr", "-c", str(tmp_path / "nginx.conf")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(SYSTEMD is None, reason="this machine has no systemd")
@pytest.mark.parametrize("part", ["gate", "desk", "matcher"])
def test_systemd_takes_it_and_finds_little_to_mend(tmp_path: Path, part: str) -> None:
    unit = tmp_path / f"watchword-{part}.service"
    written = configuration(part, "host.example.org", "/usr/bin/true", "/srv/watchword", "/etc")
    unit.write_text(written[unit.name], encoding="ascii")
    verify = [str(SYSTEMD), "verify", str(unit)]
    assert subprocess.run(verify, capture_output=True, text=True, check=False).stderr == ""
    # Tenths: systemd calls up to 2.0 safe, and a unit without any of this 9.6.
    strict = [str(SYSTEMD), "security", "--offline=true", "--threshold=20", str(unit)]
    environment = {**os.environ, "SYSTEMD_PAGER": ""}
    assert subprocess.run(strict, capture_output=True, check=False, env=environment).returncode == 0


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_pendingentry SET actor = 'x'",
        "DELETE FROM journal_pendingentry",
        "TRUNCATE journal_pendingentry CASCADE",
        "DROP TRIGGER journal_entry_stays ON journal_pendingentry",
        "ALTER TABLE journal_pendingentry DISABLE TRIGGER USER",
        "ALTER TABLE journal_pendingentry OWNER TO CURRENT_USER",
        "CREATE OR REPLACE FUNCTION journal_entry_guard() RETURNS trigger AS '' LANGUAGE plpgsql",
        'SET ROLE "watchword-ledger"',
    ],
)
def test_the_desks_role_adds_entries_and_can_do_nothing_else_to_them(statement: str) -> None:
    with connection.cursor() as cursor:
        # As after the first start: the Desk made the tables and owns them.
        cursor.execute('CREATE ROLE "watchword-desk"')
        cursor.execute('GRANT USAGE, CREATE ON SCHEMA public TO "watchword-desk"')
        cursor.execute('ALTER TABLE journal_pendingentry OWNER TO "watchword-desk"')
        cursor.execute('ALTER FUNCTION journal_entry_guard() OWNER TO "watchword-desk"')
        cursor.execute(DESK["ledger.sql"])
        cursor.execute('SET SESSION AUTHORIZATION "watchword-desk"')
        entry = PendingEntry.objects.create(nonce="n", actor="a", entry=b"e")
        assert PendingEntry.objects.filter(pk=entry.pk).update(leaf_index=7) == 1
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(statement)
        assert PendingEntry.objects.filter(pk=entry.pk, actor="a", leaf_index=7).exists()
        cursor.execute("RESET SESSION AUTHORIZATION")
