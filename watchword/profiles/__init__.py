# SPDX-License-Identifier: AGPL-3.0-or-later
"""The procedures of organisations, one folder of TOML files each: those that come along, and their own."""

from watchword.profiles.loading import known, load, read_folder, versions

__all__ = ["known", "load", "read_folder", "versions"]
