# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demo's world: every person, place and story in it is invented."""
