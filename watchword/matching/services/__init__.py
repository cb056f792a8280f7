# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that changes what is known of second applications."""

from watchword.matching.services.judging import judge, second
from watchword.matching.services.linking import forget_erased, link_case

__all__ = ["forget_erased", "judge", "link_case", "second"]
