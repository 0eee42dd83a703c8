"""Published files, opened as far as they go: archives, strings in JSON, base64."""

from __future__ import annotations

import base64
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
    """The files of an archive; ``None`` if it is none."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    try:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            streams = {member.name: archive.extractfile(member) for member in archive if member.isfile()}
            return {name: stream.read() for name, stream in streams.items() if stream is not None}
    except tarfile.TarError:
        return None


def _strings(text: str) -> Iterator[str]:
    """The strings of a text that is JSON, but for single words."""
    if text.lstrip()[:1] not in ("{", "["):
        return
    try:
        waiting: list[Any] = [json.loads(text)]
    except ValueError:
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
