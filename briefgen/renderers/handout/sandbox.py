"""A user's page, filled in a process of its own that reaches nothing but the page's folder and the data it is given.

It reads {"file": PATH, "data": {...}} as JSON from its input and writes {"text": ...}, or what is wrong as {"message",
"hint", "file", "line"}. The data are plain: texts, numbers, lists and dicts. Texts under `MARKED` are HTML.
"""

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError
from jinja2.loaders import FunctionLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefgen.userfiles import read_text

STEPS = 1_000_000
"""Turns of loops, calls and included files of a page at most."""
LARGEST = 50_000_000
"""Characters of the page made at most."""
SECONDS, MEMORY = 20, 1 << 30
"""Processor time and bytes of memory, which stop what steps do not count."""
MARKED = frozenset({"html", "main", "css", "src"})
"""The keys whose texts are HTML."""
_TAKEN_OUT = ("lipsum", "cycler", "joiner")


class TooMuchError(Exception):
    """The page takes more steps, or grows longer, than any page needs."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without a way to files outside `folder`, to Python's insides, to chance, or on for ever."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: _load(folder, name)),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
        )
        self.steps = 0
        for name in _TAKEN_OUT:
            del self.globals[name]
        for name in ("random", "safe"):
            del self.filters[name]
        self.filters["counted"] = self._counted

    def step(self) -> None:
        """Counts one step."""
        self.steps += 1
        if self.steps > STEPS:
            raise TooMuchError(f"the page takes more than {STEPS:,} steps")

    def call(self, context: Any, callee: Any, /, *args: Any, **kwargs: Any) -> Any:
        self.step()
        return super().call(context, callee, *args, **kwargs)

    def get_template(self, *args: Any, **kwargs: Any) -> Any:
        self.step()
        return super().get_template(*args, **kwargs)

    def _counted(self, some: Iterable[Any]) -> Iterator[Any]:
        for one in some:
            self.step()
            yield one

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        """The page's code, in which every loop counts its turns."""
        for switch in source.find_all((nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)):
            raise TemplateSyntaxError("escaping cannot be turned off", switch.lineno, kwargs.get("name"))
        for loop in source.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "counted", [], [], None, None, lineno=loop.lineno)
        return super()._generate(source, *args, **kwargs)


def fill(file: Path, data: dict[str, Any]) -> dict[str, Any]:
    """The page in `file` filled with `data`, or what is wrong with it."""
    folder = file.parent
    try:
        made: list[str] = []
        size = 0
        for piece in Sandbox(folder).get_template(file.name).generate(data):
            size += len(piece)
            if size > LARGEST:
                raise TooMuchError(f"the page grows longer than {LARGEST:,} characters")
            made.append(piece)
        return {"text": "".join(made)}
    except TemplateSyntaxError as fault:
        name = Path(fault.filename).name if fault.filename else fault.name or file.name
        return _wrong(str(fault.message), folder / name, fault.lineno)
    except TemplateNotFound as fault:
        message = f"there is no file {str(fault.name)!r} beside the page that can be read"
        return _wrong(message, *_place(fault, file), hint="only files in the folder of the page are included")
    except SecurityError as fault:
        return _wrong(f"this is not allowed: {fault}", *_place(fault, file), hint="a page sees only what it is given")
    except TooMuchError as fault:
        return _wrong(f"{fault}, and was stopped", *_place(fault, file), hint="is there a loop that does not end?")
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as fault:
        return _wrong(str(fault) or type(fault).__name__, *_place(fault, file))
    except RecursionError:
        return _wrong("the page includes or calls itself without an end", file, 1)
    except MemoryError:
        return _wrong("the page needs too much memory, and was stopped", file, 1)


def _load(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The text of a file in the folder, symbolic links followed; none for any other."""
    path = folder / name
    inside = os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))
    if not inside or not os.path.isfile(path):
        return None
    try:
        return read_text(path), str(path), lambda: True
    except (OSError, UnicodeDecodeError):
        return None


def _place(fault: BaseException, file: Path) -> tuple[Path, int]:
    """The innermost line of a page that led to a fault."""
    place = (file, 1)
    step = fault.__traceback__
    while step:
        name = Path(step.tb_frame.f_code.co_filename)
        if name.parent == file.parent:
            place = (name, step.tb_lineno)
        step = step.tb_next
    return place


def _wrong(message: str, file: Path, line: int, hint: str = "") -> dict[str, Any]:
    return {"message": message, "hint": hint, "file": str(file), "line": line}


def _marked(one: dict[str, Any]) -> dict[str, Any]:
    return {key: Markup(value) if key in MARKED and isinstance(value, str) else value for key, value in one.items()}


def _limit() -> None:
    """Bounds processor time and memory, where the system can."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_AS, MEMORY)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    """Reads the page's file and data, and writes the page."""
    asked = json.loads(sys.stdin.buffer.read(), object_hook=_marked)
    _limit()
    made = fill(Path(asked["file"]), asked["data"])
    sys.stdout.buffer.write(json.dumps(made).encode())


if __name__ == "__main__":
    main()
