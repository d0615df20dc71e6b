"""Builds on a Dask cluster: each outline goes there with all that it depends on, and its files come back.

No disk is shared. On a worker the files of a parcel lie by their absolute paths below a folder of their own, so that
one finds the other as it does here; from what comes back that folder's name is taken away again.
"""

import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen import __version__
from briefgen.build import Product, make, put
from briefgen.composing import asked_for
from briefgen.dependencies import patterns_of
from briefgen.jobs import Done, attempt
from briefgen.library.states import files_of
from briefgen.model import Outline, is_template_file
from briefgen.problems import Location, error
from briefgen.results import BuildOptions, BuildResult
from briefgen.userfiles import LARGEST

if TYPE_CHECKING:
    from distributed import Client, Future

_PATIENCE = 30
"""Seconds to wait for a cluster and its first worker."""
_AHEAD = 2
"""Outlines that are sent ahead for each thread of the cluster: no more of them are held at a time."""


class Parcel(Struct, frozen=True):
    """An outline, how it is built, and all files that it depends on; every path is absolute."""

    version: str
    outline: str
    formats: tuple[str, ...]
    folder: str
    sources: tuple[str, ...]
    citations: str
    template: str
    files: dict[str, bytes]


def build_on(address: str, outlines: Sequence[Path], options: BuildOptions) -> Iterator[Done]:
    """Builds outlines on the cluster at an address, and gives each with its result as its files are in place here.

    What a worker that is lost was building is built by another one.
    """
    client = _connected(address)
    if isinstance(client, str):
        hint = "is its scheduler running, and does it have workers? or leave --cluster out"
        fault = error(f"no cluster can be used at {address}: {client}", hint)
        yield from ((path, BuildResult(path.stem, problems=(fault,))) for path in outlines)
        return
    with client:
        yield from _built(client, deque(outlines), options)


def build_parcel(data: bytes) -> bytes:
    """What a worker makes of a parcel: the product, its paths as they are where the parcel comes from."""
    parcel = msgspec.msgpack.decode(data, type=Parcel)
    if parcel.version != __version__:
        message = f"the cluster has briefgen {__version__}, and here is {parcel.version}"
        fault = error(message, "install the same version on both")
        return msgspec.json.encode(Product(BuildResult(Path(parcel.outline).stem, problems=(fault,))))
    with TemporaryDirectory(prefix="briefgen-") as folder:
        root = os.path.realpath(folder)
        for name, content in parcel.files.items():
            path = Path(_below(root, name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        product = make(Path(_below(root, parcel.outline)), _options_below(root, parcel))
        return msgspec.json.encode(product).replace(root.encode(), b"")


def _connected(address: str) -> "Client | str":
    """A client of a cluster that has workers, or why there is none."""
    try:
        from distributed import Client
    except ImportError:
        return "its client is not installed; pip install 'briefgen[cluster]'"
    import logging

    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what becomes of each outline is said by us
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as reason:
        return str(reason).splitlines()[0]
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        client.close()
        return "it has no workers"
    return client


def _built(client: "Client", waiting: deque[Path], options: BuildOptions) -> Iterator[Done]:
    from distributed import as_completed

    sent: dict[Future, tuple[Path, int]] = {}
    finished = as_completed(loop=client.loop)
    while waiting or sent:
        most = _AHEAD * max(1, sum(client.nthreads().values()))
        while waiting and len(sent) < most:
            path, at = waiting.popleft(), time.time_ns()
            outline, _ = asked_for(path, options)
            if outline is None:
                yield path, attempt(path, options)
                continue
            future = client.submit(build_parcel, msgspec.msgpack.encode(_parcel(path, outline, options)), pure=False)
            sent[future] = path, at
            finished.add(future)
        if sent:
            future = next(finished)
            path, at = sent.pop(future)
            yield path, _received(future, path, options, at)


def _parcel(path: Path, outline: Outline, options: BuildOptions) -> Parcel:
    named = (file for pattern in patterns_of(path, outline) for file in files_of(pattern))
    files = {os.path.abspath(file): content for file in named if (content := _content(file)) is not None}
    return Parcel(
        version=__version__,
        outline=os.path.abspath(path),
        formats=options.formats,
        folder=os.path.abspath(options.folder),
        sources=tuple(map(os.path.abspath, outline.sources)),
        citations=_as_file(outline.citations, outline.citations.endswith(".csl")),
        template=_as_file(outline.template, is_template_file(outline.template)),
        files=files,
    )


def _content(file: Path) -> bytes | None:
    """What a file holds, nothing of one that is too large to be read; none where it cannot be read."""
    try:
        return file.read_bytes() if file.stat().st_size <= LARGEST else b""
    except OSError:
        return None


def _as_file(name: str, is_file: bool) -> str:
    return os.path.abspath(name) if is_file else name


def _options_below(root: str, parcel: Parcel) -> BuildOptions:
    return BuildOptions(
        formats=parcel.formats,
        out=Path(_below(root, parcel.folder)),
        sources=tuple(_below(root, source) for source in parcel.sources),
        citations=_below(root, parcel.citations) if os.path.isabs(parcel.citations) else parcel.citations,
        template=_below(root, parcel.template) if os.path.isabs(parcel.template) else parcel.template,
        force=True,  # what is kept of a folder that goes would never be asked for
    )


def _below(root: str, path: str) -> str:
    return os.path.join(root, *Path(path).parts[1:])


def _received(future: "Future", path: Path, options: BuildOptions, at: int) -> BuildResult:
    """Puts what a worker made in place; a fault of the cluster is a problem of this outline."""
    try:
        product = msgspec.json.decode(future.result(), type=Product)
    except Exception as reason:  # whatever was raised on the other side comes back as it is
        fault = error(f"the cluster could not build it: {reason}", "build it without --cluster", Location(str(path)))
        return BuildResult(path.stem, problems=(fault,))
    result = product.result if path.is_absolute() else _as_seen_from_here(product.result)
    return put(path, options, replace(product, result=result), at)


def _as_seen_from_here(result: BuildResult) -> BuildResult:
    """A result with its paths from the current folder."""
    here = os.path.join(os.getcwd(), "").encode()
    return msgspec.json.decode(msgspec.json.encode(result).replace(here, b""), type=BuildResult)
