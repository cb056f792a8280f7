# SPDX-License-Identifier: AGPL-3.0-or-later
"""The apps of which the Gate is made, whether it answers or only draws its pages."""

GATE = (
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "watchword.web",
    "watchword.intake",
    "watchword.courier.gateside",
    "watchword.gate",
)
