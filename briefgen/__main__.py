"""Where the program starts: `python -m briefgen` is `briefgen`."""

import gc
import sys

from briefgen.memory import collect_seldom


def start() -> int:
    """Run the command line; the exit status. Stopped while it still loads, it is as quiet as later."""
    collect_seldom()
    try:
        from briefgen.cli import main

        return main()
    except KeyboardInterrupt:
        return 130
    finally:
        gc.freeze()  # at the end all memory goes at once: a last look for cycles in it would only take time


if __name__ == "__main__":
    sys.exit(start())
