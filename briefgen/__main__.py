"""Where the program starts: `python -m briefgen` is `briefgen`."""

import sys


def start() -> int:
    """Run the command line; the exit status. Stopped while it still loads, it is as quiet as later."""
    try:
        from briefgen.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(start())
