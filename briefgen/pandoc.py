"""Pandoc, as a program of its own: in its sandbox, with limits, and never online."""

import subprocess
from collections.abc import Sequence

SECONDS_AT_MOST = 120
_MEMORY = "1500M"
"""The heap that pandoc may use: a book of a thousand pages needs about a third of it."""

Failure = (OSError, ValueError, subprocess.SubprocessError)
"""What `run` raises where pandoc is missing, fails, or takes too long."""


def run(arguments: Sequence[str], data: bytes) -> tuple[bytes, str]:
    """What pandoc writes for the input `data`, and what it says about it; one of `Failure` where it cannot."""
    import pypandoc

    command = [pypandoc.get_pandoc_path(), "+RTS", f"-M{_MEMORY}", "-RTS", "--sandbox", *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=SECONDS_AT_MOST)
    return done.stdout, done.stderr.decode("utf-8", "replace")


def reason_of(failure: Exception) -> str:
    """The last lines of what pandoc says, in which it tells why it failed, as one line."""
    if isinstance(failure, subprocess.TimeoutExpired):
        return f"it took more than {SECONDS_AT_MOST} seconds"
    said = getattr(failure, "stderr", None)
    lines = said.decode("utf-8", "replace").strip().splitlines() if said else [str(failure)]
    told = [line.strip() for line in lines if line.strip(" ^")]
    return " ".join(told[-3:]) or "nothing"
