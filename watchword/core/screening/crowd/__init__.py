# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many people against few: who of them can be somebody listed at all, in kernels."""
