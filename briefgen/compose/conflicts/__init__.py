"""Where the sources differ: the same thing with another date, number or office, separate or one, charged or denied.

One module a kind. Each first reads, from the sentences that hold its words, who or what is meant and what is said of
it; then only those of one subject are set against each other, so that nothing compares every sentence with every other.
"""

from briefgen.compose.conflicts.claims import Difference
from briefgen.compose.conflicts.finding import differences

__all__ = ["Difference", "differences"]
