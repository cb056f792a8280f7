# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes a bare machine ready: a virtual environment, and what the tests need from Debian.

Runs before anything is installed, so it uses the standard library alone.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def install(packages: list[str], why: str) -> None:
    """Install Debian packages, or say which command would."""
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    asked = " ".join(["sudo", *command])
    if shutil.which("apt-get") is None:
        sys.exit(f"{why} Please install {', '.join(packages)} and try again.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"{why} Installing {', '.join(packages)} ...")
    if prefix and shutil.which("sudo") is None:
        sys.exit(f"{why} Please run, as root: {' '.join(command)}")
    # A list of packages from last month no longer finds them; a failed refresh is not yet a failure.
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=quiet, check=False)
    done = subprocess.run([*prefix, *command], env=quiet, check=False, stdout=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{why} That did not succeed. Please run: {asked}")


def venv(target: Path) -> None:
    """A virtual environment at ``target``; Debian keeps the module for it in a package of its own."""
    if (target / "bin" / "pip").exists():
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        install([f"python{version}-venv"], "This Python cannot make virtual environments yet.")
    subprocess.run([sys.executable, "-m", "venv", str(target)], check=True)


def system() -> None:
    """A browser with a font, and PostgreSQL's server: the tests use the real ones."""
    missing = []
    if not any(shutil.which(name) for name in BROWSERS):
        missing += ["chromium-headless-shell", "fonts-dejavu-core"]
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) and shutil.which("initdb") is None:
        missing += ["postgresql"]
    if shutil.which("age") is None:
        missing += ["age"]
    # The program that drives the browser is linked against it, and the smallest Debian does not have it.
    if not list(Path("/usr/lib").glob("*/libatomic.so.1")):
        missing += ["libatomic1"]
    # The library that sets cards draws its letters with Debian's Pango.
    if not list(Path("/usr/lib").glob("*/libpangoft2-1.0.so.0")):
        missing += ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
    if missing:
        install(missing, "The tests use a real browser, a real PostgreSQL and the stock age tool.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["venv", target]:
            venv(Path(target))
        case ["system"]:
            system()
        case _:
            sys.exit("usage: prepare.py venv DIRECTORY | prepare.py system")
