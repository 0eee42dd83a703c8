"""Names: what a file is called is data from a student, and is made safe before it is used or shown."""

from __future__ import annotations

import hashlib
import re
import unicodedata

__all__ = ["MAX_IDENTIFIER", "identifier", "shown", "with_digest"]

MAX_IDENTIFIER = 80
"""No identifier is longer."""

MAX_SHOWN = 120

DIGEST = 8

RESERVED = frozenset(["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))])
"""What Windows takes for a device, with any extension."""


def identifier(name: str) -> str:
    """A file's or folder's name as an identifier: ``[a-z0-9._-]``, at most 80 characters.

    It depends on the name alone.  A name that is such an identifier already stays as it is; any
    other, and any that looks as if it had a digest, gets eight digits of its SHA-256, so that two
    names that differ in case or in what can't be kept have two identifiers.
    """
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9._-]+", "-", ascii_only).strip("-._")
    if plain.split(".")[0] in RESERVED:
        plain = f"x-{plain}"
    if plain and plain == name and len(plain) <= MAX_IDENTIFIER and not re.search(rf"-[0-9a-f]{{{DIGEST}}}$", plain):
        return plain
    return with_digest(plain or "submission", name)


def with_digest(plain: str, text: str) -> str:
    """An identifier made different by a digest of ``text``."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
    return f"{plain[: MAX_IDENTIFIER - DIGEST - 1].rstrip('-._')}-{digest}"


def shown(name: str) -> str:
    """A name as a person may see it: control characters and what turns text round escaped, and not long."""
    text = "".join(_visible(character) for character in unicodedata.normalize("NFC", name[: 4 * MAX_SHOWN]))
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _visible(character: str) -> str:
    return character if character.isprintable() else character.encode("unicode_escape").decode()
