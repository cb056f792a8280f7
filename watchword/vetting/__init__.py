# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence: what was found, by whom, how far it can be trusted, and what speaks for the applicant."""
