"""SOURCE_DATE_EPOCH: the day that files are made on where their outline names none, so that no clock is asked.

As https://reproducible-builds.org/specs/source-date-epoch/ has it: seconds since the start of 1970, UTC.
"""

import os
from datetime import UTC, datetime

from briefgen.problems import Problem, error

VARIABLE = "SOURCE_DATE_EPOCH"
_LAST = 253_402_300_799
"""The last second of the year 9999."""
_ACCEPTED = "accepted: whole seconds since the start of 1970, such as 1795392000 for 2026-11-23; or unset it"


def day_made(dated: str) -> tuple[str, tuple[Problem, ...]]:
    """The day `dated` of an outline, else that of the environment, else nothing; and what is wrong with the latter."""
    given = os.environ.get(VARIABLE, "")
    if not given:
        return dated, ()
    if not (given.isascii() and given.isdigit() and len(given) <= 12 and int(given) <= _LAST):
        return dated, (error(f"the environment variable {VARIABLE} is no such number: {given[:40]!r}", _ACCEPTED),)
    return dated or datetime.fromtimestamp(int(given), UTC).date().isoformat(), ()
