# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be asked about call signs, enquiries and compromises, each cut to who asks."""

from watchword.protection.selectors.compromises import (
    CompromiseRow,
    Knew,
    compromise_of,
    compromise_row,
    compromises_of,
    open_compromises,
    who_knew,
)
from watchword.protection.selectors.enquiries import (
    EnquiryRow,
    FoundRow,
    NoticeRow,
    SignPage,
    SignRow,
    enquiries,
    enquiry_of,
    enquiry_row,
    found_rows,
    notices,
    notices_of,
    old_enquiries,
    own_enquiry,
    readers,
    sign_of,
    sign_page,
)
from watchword.protection.selectors.home import Home, home

__all__ = [
    "CompromiseRow",
    "EnquiryRow",
    "FoundRow",
    "Home",
    "Knew",
    "NoticeRow",
    "SignPage",
    "SignRow",
    "compromise_of",
    "compromise_row",
    "compromises_of",
    "enquiries",
    "enquiry_of",
    "enquiry_row",
    "found_rows",
    "home",
    "notices",
    "notices_of",
    "old_enquiries",
    "open_compromises",
    "own_enquiry",
    "readers",
    "sign_of",
    "sign_page",
    "who_knew",
]
