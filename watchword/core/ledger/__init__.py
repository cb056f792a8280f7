# SPDX-License-Identifier: AGPL-3.0-or-later
"""An append-only Merkle log of signed entries, and everything needed to check it offline."""
