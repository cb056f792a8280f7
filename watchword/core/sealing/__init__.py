# SPDX-License-Identifier: AGPL-3.0-or-later
"""Encrypted envelopes; imports nothing, so that whoever may seal does not receive ``unseal`` with it."""
