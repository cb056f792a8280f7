# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may import whom: the contracts of .importlinter, and the three that it cannot say."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
CRYPTOGRAPHIC = {"cryptography", "secrets", "hmac", "argon2"}
MAY_DO_CRYPTOGRAPHY = {"watchword.core.sealing.primitives", "watchword.core.sealing.signatures"}
APPS = (
    "accounts",
    "intake",
    "genuine",
    "cases",
    "custody",
    "vetting",
    "matching",
    "screening",
    "decisions",
    "oversight",
    "vault",
    "journal",
)


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("watchword", include_external_packages=True, cache_dir=None)


def test_every_contract_of_the_import_linter_is_kept() -> None:
    program = (
        "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_only_the_primitives_do_cryptography(graph: grimp.ImportGraph) -> None:
    importers = {
        importer
        for external in CRYPTOGRAPHIC & graph.modules
        for importer in graph.find_modules_that_directly_import(external)
    }
    assert importers <= MAY_DO_CRYPTOGRAPHY
    assert "watchword.core.sealing.primitives" in importers, (
        "the check found nothing: it looks at the wrong names"
    )


def test_an_apps_models_are_its_own(graph: grimp.ImportGraph) -> None:
    strangers = [
        f"{importer} imports watchword.{app}.models"
        for app in APPS
        if f"watchword.{app}.models" in graph.modules
        for importer in graph.find_modules_that_directly_import(f"watchword.{app}.models")
        if not importer.startswith(f"watchword.{app}.")
    ]
    assert strangers == []


def test_sealing_names_nothing_when_imported() -> None:
    """Re-exporting ``unseal`` from the package would hand it to the Gate."""
    text = (ROOT / "watchword/core/sealing/__init__.py").read_text(encoding="utf-8")
    assert "import " not in text.partition('"""')[2].partition('"""')[2]
