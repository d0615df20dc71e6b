"""How seldom the collector looks for cycles."""

import gc

_OBJECTS = 100_000
"""Objects made before it looks: what is read and composed lives to the end, and holds few."""


def collect_seldom() -> None:
    """Lets the collector look for cycles after many more objects than usual."""
    gc.set_threshold(_OBJECTS)
