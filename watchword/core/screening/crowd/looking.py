# SPDX-License-Identifier: AGPL-3.0-or-later
"""A crowd against a short list: which pairs can be one person at all, in kernels.

Hardly anybody of a million resembles one of ten thousand listed, so nobody is asked for one by one. Every
distinct word of the crowd is looked up once among the listed words; what it is worth at best with each of
them is added up, and a pair that stays too low even so is not judged. The sum is no less than what judging
gives. Words that the index does not hold for each other are worth nothing here, as in a search.

An array is counted whenever a tuple that holds it is passed to a function: what runs for every pair takes
few of them, and ``Task`` is passed on a few times for each person.
"""

import numpy as np

from watchword.core.screening.arrays import Float64, Int32
from watchword.core.screening.compiled import compiled
from watchword.core.screening.crowd.dates import birth_bits
from watchword.core.screening.crowd.layout import DAY_FIRST, LOOSE, YEAR, Meeting, Named, Scan, Task

A_LITTLE = 1e-6  # bits; sums differ by less with the order of their parts
YEARS_OFF = 2  # that two dates may be apart and still agree, if one of them is no full date


@compiled
def promising(owners: Int32, first: int, beyond: int, scan: Scan, least: float) -> None:
    """Add to ``scan.near`` who of a part of ``owners`` has a name worth so much."""
    (name_start, start, unit, free), gain, near, size = scan
    for place in range(first, beyond):
        for name in range(name_start[owners[place]], name_start[owners[place] + 1]):
            bits = 0.0
            for at in range(start[name], start[name + 1]):
                bits += gain[unit[at]]
            if bits > 0.0 and bits + free[name] >= least:
                near[size[0]] = owners[place]
                size[0] += 1
                break


@compiled
def name_bits(named: Named, owner: int, gain: Float64) -> float:
    """The most that any name of a listed person is worth; no less than nothing."""
    most = 0.0
    for name in range(named.name[owner], named.name[owner + 1]):
        bits = 0.0
        for at in range(named.start[name], named.start[name + 1]):
            bits += gain[named.unit[at]]
        most = max(most, bits + named.free[name])
    return most


@compiled
def consider(task: Task, who: int) -> None:
    """Note which of those in ``scan.near`` can reach what is wanted, each once, and make room for others."""
    scan, noted = task.scan, task.noted
    for at in range(scan.size[0]):
        owner = scan.near[at]
        if noted.met[owner] == who:
            continue
        noted.met[owner] = who
        bits = name_bits(scan.named, owner, scan.gain) + task.crowd.beside[who]
        bits += birth_bits(task.crowd.dates, task.listed.dates, who, owner, task.birth)
        if bits >= task.wanted.bits:
            noted.pair[noted.size[0], 0] = who
            noted.pair[noted.size[0], 1] = owner
            noted.size[0] += 1
    scan.size[0] = 0


@compiled
def lay_out(words: Int32, meeting: Meeting, gain: Float64, on: bool) -> None:
    """Note what every unit gives a person of these words; or wipe it again."""
    for word in words:
        for place in range(meeting.unit.start[word], meeting.unit.start[word + 1]):
            unit = meeting.unit.value[place]
            gain[unit] = max(gain[unit], meeting.gain[place]) if on else 0.0


@compiled
def least_gain(words: Int32, most: Float64, needed: float) -> float:
    """The gain that the best word of a pair must have for all words together to give what is needed.

    If no word gives more than g, all give no more than the sum of the lesser of g and their most.
    """
    gain = 0.0
    for _ in words:
        rest, equal = needed, 0
        for word in words:
            if most[word] < gain:
                rest -= most[word]
            else:
                equal += 1
        if rest <= 0.0 or equal == 0:
            return gain if rest <= 0.0 else np.inf
        gain = rest / equal
    return gain


@compiled
def first_from(key: Int32, least: int) -> int:
    """The place of the first of the sorted keys that is not below ``least``."""
    low, high = 0, len(key)
    while low < high:
        middle = (low + high) // 2
        if key[middle] < least:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def by_date(task: Task, who: int, birth: Int32) -> None:
    """Consider everybody whose date may agree with this one of a person, or be the same miswritten."""
    calendar, wanted = task.listed.calendar, task.wanted
    year, month, day = int(birth[0]) * YEAR, int(birth[1]), int(birth[2])
    first, beyond = year - YEARS_OFF * YEAR, year + (YEARS_OFF + 1) * YEAR
    full = day > 0 and birth[3] == 0
    exact, swapped = year + month * 100 + day, DAY_FIRST + year + month * 100 + day
    ways = (
        (LOOSE + first, LOOSE + beyond, wanted.loose),
        (exact if full else first, exact + 1 if full else beyond, wanted.day if full else wanted.loose),
        (swapped, swapped + full, wanted.day),
        (year + month * 100, year + (month + full) * 100, wanted.year),
        (DAY_FIRST + year + day * 100, DAY_FIRST + year + (day + full) * 100, wanted.year),
        (month * 100 + day, month * 100 + day + full, wanted.anniversary),
    )
    for key, next_key, date_bits in ways:
        begin = end = first_from(calendar.key, key)
        while end < len(calendar.key) and calendar.key[end] < next_key:
            end += 1
        least = wanted.bits - task.crowd.beside[who] - date_bits
        promising(calendar.owner, begin, end, task.scan, least)
    if task.scan.size[0] > 0:
        consider(task, who)


@compiled
def by_word(task: Task, who: int, words: Int32, date_bits: float) -> None:
    """Consider who shares words without which too little is left, dates being worth so much at most."""
    meeting, listed, scan = task.meeting, task.listed, task.scan
    least = task.wanted.bits - task.crowd.beside[who] - A_LITTLE
    undated = least_gain(words, meeting.most, least - task.wanted.free)
    dated = least_gain(words, meeting.most, least - task.wanted.free - date_bits)
    for word in words:
        if meeting.most[word] < min(undated, dated):
            continue
        for place in range(meeting.unit.start[word], meeting.unit.start[word + 1]):
            for posting, gain, bits in ((listed.undated, undated, 0.0), (listed.dated, dated, date_bits)):
                unit = meeting.unit.value[place]
                if meeting.gain[place] >= gain:
                    promising(posting.value, posting.start[unit], posting.start[unit + 1], scan, least - bits)
            if scan.size[0] > 0:
                consider(task, who)


@compiled
def look_through(task: Task, first: int) -> int:
    """Note the pairs of the crowd from ``first`` on; gives who comes next when there is no more room.

    Dates that agree are found by their number. Of all others only they are looked at who share a word
    without which too little is left: a common given name does not make two people one.
    """
    crowd, noted = task.crowd, task.noted
    noted.size[0] = 0
    for who in range(first, len(crowd.beside)):
        if noted.size[0] + len(noted.met) > len(noted.pair):
            return who
        words = crowd.word.value[crowd.word.start[who] : crowd.word.start[who + 1]]
        lay_out(words, task.meeting, task.scan.gain, True)
        first_date, beyond = crowd.dates.start[who], crowd.dates.start[who + 1]
        for at in range(first_date, beyond):
            by_date(task, who, crowd.dates.birth[at])
        by_word(task, who, words, task.wanted.other if first_date < beyond else 0.0)
        lay_out(words, task.meeting, task.scan.gain, False)
    return len(crowd.beside)
