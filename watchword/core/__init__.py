# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure libraries: values in, values out; no framework, clock, network or environment."""
