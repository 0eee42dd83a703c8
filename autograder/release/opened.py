"""Published files, opened as far as they go: archives, strings in JSON, base64."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["opened"]

BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")


def opened(files: Mapping[str, bytes]) -> Iterator[tuple[str, str | bytes]]:
    """All that can be read in files, each piece with where it was found: text, or bytes that are no text.

    What is in a zip or a tar is opened in turn.  A JSON text comes as it is, and its strings come as the
    texts that they stand for (a list of strings as one text, as notebooks have them).  What looks like base64 comes
    decoded as well.
    """
    for name, data in files.items():
        members = _members(data)
        if members is not None:
            yield from opened({f"{name}!{member}": content for member, content in members.items()})
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            yield name, data
            continue
        yield name, text
        for string in _strings(text):
            yield name, string
        for run in BASE64.findall(text):
            yield name, base64.b64decode(run[: len(run) // 4 * 4])


def _members(data: bytes) -> dict[str, bytes] | None:
    """The files of an archive, as far as they can be read; ``None`` if it is none.

    What is broken or encrypted raises whatever it likes: it is nobody's to read, and the rest is looked at.
    """
    return _zip(data) if zipfile.is_zipfile(io.BytesIO(data)) else _tar(data)


def _zip(data: bytes) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    with contextlib.suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            with contextlib.suppress(Exception):
                members[name] = archive.read(name)
    return members


def _tar(data: bytes) -> dict[str, bytes] | None:
    members: dict[str, bytes] | None = None
    with contextlib.suppress(Exception), tarfile.open(fileobj=io.BytesIO(data)) as archive:
        members = {}
        for member in archive:
            stream = archive.extractfile(member) if member.isfile() else None
            if stream is not None:
                members[member.name] = stream.read()
    return members


def _strings(text: str) -> Iterator[str]:
    """The strings of a text that is JSON, but for single words."""
    if text.lstrip()[:1] not in ("{", "["):
        return
    try:
        waiting: list[Any] = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list) and value and all(isinstance(part, str) for part in value):
            yield "".join(value)
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and len(value.split()) > 1:
            yield value
