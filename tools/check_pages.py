"""Looks at handouts in a browser: axe-core's rules in light and dark, and whether anything scrolls sideways at 320 px.

    python tools/check_pages.py FILE.html... [--axe axe.min.js] [--chromium PROGRAM]

axe-core is a package of npm (`npm install axe-core`); Chromium is looked for by its usual names. The pages load
nothing, so the browser needs no network. The exit status is 1 where a rule is broken, or where something is missing.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
NARROW = 320
AXE = Path("node_modules/axe-core/axe.min.js")
_RULES = (
    "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(one => "
    "({id: one.id, help: one.help, where: one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))})))"
)
_WIDTHS = (
    "({page: document.documentElement.scrollWidth, wide: [...document.querySelectorAll('body *')].filter("
    "one => one.getBoundingClientRect().right > innerWidth + 0.5 && getComputedStyle(one).clipPath === 'none' && "
    "!one.closest('.unseen, thead, .skip')).slice(0, 3).map(one => one.outerHTML.slice(0, 120))})"
)


class Browser:
    """A headless Chromium that is spoken to in its own protocol, over pipes."""

    def __init__(self, program: str, profile: str) -> None:
        to_read, self._to = os.pipe()
        self._from, from_write = os.pipe()
        plumbing = f'exec "$0" "$@" 3<&{to_read} 4>&{from_write}'
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", f"--user-data-dir={profile}"]
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", plumbing, program, *flags, "about:blank"],
            pass_fds=(to_read, from_write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(from_write)
        self._number, self._rest, self._session = 0, b"", ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable")

    def ask(self, method: str, **parameters: Any) -> Any:
        """What the browser answers to a command."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        self._write(json.dumps(message).encode() + b"\0")
        return next(one["result"] for one in self._messages() if one.get("id") == self._number)

    def show(self, page: Path, width: int, scheme: str) -> None:
        """Opens a page at a width, in the light or dark scheme."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.ask("Page.navigate", url=page.resolve().as_uri())
        next(one for one in self._messages() if one.get("method") == "Page.loadEventFired")

    def run(self, script: str) -> Any:
        """What a script of the page comes to."""
        found = self.ask("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"])
        return found["result"].get("value")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait()

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._to, data) :]

    def _messages(self) -> Iterator[dict[str, Any]]:
        while True:
            while b"\0" not in self._rest:
                read = os.read(self._from, 1 << 16)
                if not read:
                    raise RuntimeError("the browser has gone")
                self._rest += read
            message, _, self._rest = self._rest.partition(b"\0")
            yield json.loads(message)


@contextmanager
def browser(program: str) -> Iterator[Browser]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        opened = Browser(program, profile)
        try:
            yield opened
        finally:
            opened.close()


def faults(page: Path, opened: Browser, axe: str) -> Iterator[str]:
    """What is wrong with a page, a line each."""
    for scheme in ("light", "dark"):
        opened.show(page, 1000, scheme)
        opened.run(axe)
        for one in opened.run(_RULES):
            yield f"{scheme}: {one['id']}: {one['help']}: {' '.join(one['where'])}"
    opened.show(page, NARROW, "light")
    widths = opened.run(_WIDTHS)
    if widths["page"] > NARROW or widths["wide"]:
        yield f"at {NARROW} px it is {widths['page']} px wide: {' '.join(widths['wide'])}"


def main() -> int:
    """Reads the command line, looks at the pages, and prints what is wrong with them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--axe", type=Path, default=AXE, help="the file axe.min.js")
    parser.add_argument("--chromium", help="the browser to use")
    options = parser.parse_args()
    program = options.chromium or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        print(f"no browser: install one of {', '.join(NAMES)}, or name it with --chromium")
        return 1
    if not options.axe.is_file():
        print(f"{options.axe} is not there: npm install axe-core, or name axe.min.js with --axe")
        return 1
    axe, wrong = options.axe.read_text("utf-8"), 0
    with browser(program) as opened:
        for page in options.pages:
            found = list(faults(page, opened, axe))
            wrong += len(found)
            print(f"{page}: {len(found) or 'no'} fault(s)", *found, sep="\n  ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
