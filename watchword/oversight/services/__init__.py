# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done by those who watch; each change and its ledger entry are one transaction."""

from watchword.oversight.services.honey import ask, begin_anew, drop, look, second
from watchword.oversight.services.watching import announce_list, run_retention

__all__ = ["announce_list", "ask", "begin_anew", "drop", "look", "run_retention", "second"]
