# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conditions of an acceptance, which come back on their day and are looked at by a person."""
