# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts that are nearly the same."""
