# SPDX-License-Identifier: AGPL-3.0-or-later
"""The profiles that come with the programme: one folder of TOML files each."""

from watchword.profiles.loading import load, read_folder

__all__ = ["load", "read_folder"]
