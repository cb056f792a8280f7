# SPDX-License-Identifier: AGPL-3.0-or-later
"""Public lists on disk: their records, versions and index."""
