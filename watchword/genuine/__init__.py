# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lets people tell us from a clone: the cards that we gave out, and the clones that we know."""
