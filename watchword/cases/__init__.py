# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case: its stage, its keeper, its letters and its timeline."""
