# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures about many people that give away none of them."""
