# SPDX-License-Identifier: AGPL-3.0-or-later
"""The only writer of ledger entries, and the directory that the ledger lives in."""
