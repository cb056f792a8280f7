# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must not lie in the repository, and what the two commands promise."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def tracked() -> list[str]:
    run = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return run.stdout.splitlines()


def test_nothing_built_or_downloaded_is_committed() -> None:
    built = re.compile(r"(^|/)(node_modules|dist|build)/|\.min\.(js|css)$|\.mo$|uv\.lock$|static/built/")
    assert [name for name in tracked() if built.search(name)] == []


def test_no_lock_file_names_a_server() -> None:
    for name in ("requirements.lock", "requirements-test.lock", "frontend/package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert '"resolved"' not in text
        assert not re.search(r"https?://[^\s\"]*(registry|pythonhosted|index)", text), name


def test_every_pinned_package_has_its_hashes() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.\-\[\]]*==\S+", text, flags=re.MULTILINE)
        assert pins
        for pin in pins:
            assert re.search(re.escape(pin) + r" \\\n\s+--hash=sha256:", text), pin


def test_the_word_that_a_person_is_not_called() -> None:
    """An applicant, a case, a volunteer, a member of staff; never a 'user' (design, words)."""
    word = re.compile(r"\b[Uu]sers?\b")
    allowed = re.compile(r"AUTH_USER|user-agent|User-Agent|\"USER\"|parts\.username|user_agent")
    lines = [
        f"{name}: {line.strip()}"
        for name in tracked()
        if name.startswith("watchword/") and name.endswith((".py", ".html", ".toml"))
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines()
        if word.search(line) and not allowed.search(line)
    ]
    assert lines == []
