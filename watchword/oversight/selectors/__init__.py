# SPDX-License-Identifier: AGPL-3.0-or-later
"""What those who watch may ask: the ledger, and figures without anybody in them."""

from watchword.oversight.selectors.alarms import HoneyPage, Watch, honey_page, watch
from watchword.oversight.selectors.beyond import SHOWN, Beyond, beyond_usual
from watchword.oversight.selectors.exposure import ExposurePage, exposure_page
from watchword.oversight.selectors.figures import FiguresPage, figures_page
from watchword.oversight.selectors.ledger import LedgerPage, grouped, ledger_page
from watchword.oversight.selectors.retention import RetentionPage, retention_page

__all__ = [
    "SHOWN",
    "Beyond",
    "ExposurePage",
    "FiguresPage",
    "HoneyPage",
    "LedgerPage",
    "RetentionPage",
    "Watch",
    "beyond_usual",
    "exposure_page",
    "figures_page",
    "grouped",
    "honey_page",
    "ledger_page",
    "retention_page",
    "watch",
]
