"""Pictures: read from files that users name, and made ready for slides and pages."""

from briefgen.pictures.album import album
from briefgen.pictures.files import read_picture
from briefgen.pictures.ready import Ready, Refused, made_ready

__all__ = ["Ready", "Refused", "album", "made_ready", "read_picture"]
