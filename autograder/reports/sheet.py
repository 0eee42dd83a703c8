"""A sheet that somebody downloaded, and gets back with some cells filled in and every other byte as it was.

A CSV library reads values and writes them in its own manner; here each cell is kept as it was written,
with its quotes, as are the delimiter, the byte order mark and the line ends.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ..errors import UsageError
from ..text import no_formula, plain

__all__ = ["Sheet", "guarded", "parse"]

MAX_BYTES = 64 * 2**20

DELIMITERS = ",;\t"
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
NUMBER = re.compile(r"-?\d+(?P<mark>[.,])\d+")


@dataclass
class Sheet:
    """Cells as they were written, by row and column.

    Attributes:
        rows: the cells, with their quotes.
        ends: what each row ends in.
        delimiter: what stands between cells.
        bom: the byte order mark.
        encoding: what the text is written in.
    """

    rows: list[list[str]]
    ends: list[str]
    delimiter: str
    bom: bytes
    encoding: str

    def value(self, row: int, column: int) -> str:
        """What a cell says, without quotes and spaces around it; nothing where the row is shorter."""
        cells = self.rows[row]
        raw = cells[column] if column < len(cells) else ""
        return (raw[1:-1].replace('""', '"') if raw[:1] == '"' and raw[-1:] == '"' and len(raw) > 1 else raw).strip()

    def values(self, row: int) -> list[str]:
        """What a row's cells say."""
        return [self.value(row, column) for column in range(len(self.rows[row]))]

    def fill(self, row: int, column: int, text: str) -> None:
        """Write a cell, in quotes where it had some or needs them."""
        cells = self.rows[row]
        cells += [""] * (column + 1 - len(cells))
        quoted = cells[column].startswith('"') or any(char in text for char in f'{self.delimiter}"\r\n')
        cells[column] = '"{}"'.format(text.replace('"', '""')) if quoted or text != text.strip() else text

    def number(self, text: str) -> str:
        """A number, written as this sheet's numbers are: with a comma where they have one."""
        return text.replace(".", ",") if self._decimal == "," else text

    @property
    def _decimal(self) -> str:
        """The decimal mark that most numbers here have; where none has one, what goes with the delimiter."""
        marks = [
            found["mark"]
            for row in range(len(self.rows))
            for column in range(len(self.rows[row]))
            if (found := NUMBER.fullmatch(self.value(row, column)))
        ]
        if not marks:
            return "," if self.delimiter == ";" else "."
        return max(".,", key=marks.count)

    def dump(self) -> bytes:
        """The sheet as a file."""
        text = "".join(self.delimiter.join(row) + end for row, end in zip(self.rows, self.ends, strict=True))
        return self.bom + text.encode(self.encoding)


def parse(data: bytes, name: str) -> Sheet:
    """Read a sheet.

    Args:
        data: the file.
        name: the file's name, for complaints.

    Raises:
        UsageError: if it is no text, or too long.
    """
    if len(data) > MAX_BYTES:
        raise UsageError(f"{name}: too large for a sheet of grades; give the file that was downloaded")
    bom, encoding = next(((mark, kind) for mark, kind in BOMS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(bom) :].decode(encoding)
    except UnicodeDecodeError:
        raise UsageError(f"{name}: not UTF-8; download it again, or save it as 'CSV UTF-8'") from None
    if not text.strip():
        raise UsageError(f"{name}: empty; give the sheet that was downloaded")
    header = re.sub(r'"[^"]*"', "", re.split(r"[\r\n]", text, maxsplit=1)[0])
    delimiter = max(DELIMITERS, key=header.count)
    rows, ends = _split(text, delimiter)
    return Sheet(rows, ends, delimiter, bom, encoding)


def guarded(text: str, limit: int) -> str:
    """Text of several lines for a cell: bounded, without control characters, never the start of a formula."""
    cut = "\n".join(plain(line, limit) for line in text.splitlines())
    return no_formula(cut if len(cut) <= limit else f"{cut[: limit - 1]}…")


def _split(text: str, delimiter: str) -> tuple[list[list[str]], list[str]]:
    """Rows of cells as they are written, and the rows' ends; joined again they are the text."""
    cell = rf'"(?:[^"]++|"")*+"(?=[{delimiter}\r\n]|\Z)|[^{delimiter}\r\n]*'
    pattern = re.compile(rf"({cell})({delimiter}|\r\n|\n|\r|\Z)")
    rows: list[list[str]] = [[]]
    ends: list[str] = []
    at = 0
    while at < len(text) or rows[-1]:
        found = pattern.match(text, at)
        assert found is not None  # an unquoted cell fits anything
        rows[-1].append(found[1])
        at = found.end()
        if found[2] != delimiter:
            ends.append(found[2])
            rows.append([])
    return rows[:-1], ends
