# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case on paper: asked for by one person, signed by another, taken once (law 7)."""
