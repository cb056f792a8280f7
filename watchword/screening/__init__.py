# SPDX-License-Identifier: AGPL-3.0-or-later
"""Screening at the Desk: an applicant beside the lists, and what people made of each likeness."""
