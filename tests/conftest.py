"""What the tests share: the sample projects, the documents beside the project, and no network."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from briefgen.build import build
from briefgen.composing import prepare
from briefgen.model import Brief
from briefgen.results import BuildOptions

SAMPLES = Path(__file__).parent / "samples"
SHARED = Path(__file__).parents[1].parent / "shared"


settings.register_profile("briefgen", deadline=None)  # how long something takes is no matter of the tests
settings.load_profile("briefgen")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-goldens", action="store_true", help="write the golden files anew")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Nothing here may reach another machine, not by mistake either."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached for the network: {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", only_here)
        yield


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tests' library is their own, and empty at first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRIEFGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and gold beside the project."""
    if not (SHARED / "sources").is_dir():
        pytest.skip("the folder of real documents beside the project is not here")
    return SHARED


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project of a test's own: outline.yaml, topics, and sources in four formats."""
    return Path(shutil.copytree(SAMPLES / "canal", tmp_path / "project"))


@pytest.fixture(scope="session")
def canal() -> Brief:
    """The Brief of the small project."""
    brief, problems = prepare(SAMPLES / "canal" / "outline.yaml", BuildOptions())
    assert brief is not None
    assert problems == ()
    return brief


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with all its outputs in `output`. To be read, not changed."""
    folder = Path(shutil.copytree(SAMPLES / "canal", tmp_path_factory.mktemp("built") / "project"))
    result = build(folder / "outline.yaml", BuildOptions(out=folder / "output"))
    assert result.problems == ()
    return folder


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A built project of a test's own."""
    return Path(shutil.copytree(built_once, tmp_path / "project"))
