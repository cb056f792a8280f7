# SPDX-License-Identifier: AGPL-3.0-or-later
"""Watchword: sealed intake, vetting and protection of volunteers at risk."""

__version__ = "0.1.0"
