"""The project's texts, taken apart: commands, files and links."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt

__all__ = ["Block", "blocks", "command_lines", "links", "texts"]

SHELL = {"", "console", "bash", "sh"}
INLINE = re.compile(r"`(autograder [^`]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and for a ``console`` its commands and what they print."""

    language: str
    text: str
    line: int
    commands: tuple[str, ...] = field(default=())
    printed: tuple[str, ...] = field(default=())


def texts(root: Path) -> list[Path]:
    """All Markdown that a person is to read, but for what is generated."""
    return sorted([*root.glob("*.md"), *(root / "docs").glob("*.md"), *(root / "fuzz").glob("*.md")])


def blocks(path: Path) -> list[Block]:
    """A text's fenced blocks, in order."""
    found = []
    for token in MarkdownIt().parse(path.read_text(encoding="utf-8")):
        if token.type != "fence":
            continue
        language = (token.info.split() or [""])[0]
        commands, printed = _console(token.content) if language == "console" else ((), ())
        found.append(Block(language, token.content, (token.map or [0])[0] + 1, commands, printed))
    return found


def _console(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    commands, printed, goes_on = [], [], False
    for line in text.splitlines():
        if goes_on:
            commands[-1] += f"\n{line}"
        elif line.startswith("$ "):
            commands.append(line[2:])
        elif line.strip():
            printed.append(line)
        goes_on = bool(commands) and (line.startswith("$ ") or goes_on) and line.endswith("\\")
    return tuple(commands), tuple(printed)


def command_lines(path: Path) -> list[list[str]]:
    """Every command line of ``autograder`` that a text has, in a block or in a sentence, as words."""
    lines = []
    for block in blocks(path):
        if block.language in SHELL:
            joined = block.text.replace("\\\n", " ")
            lines += [part for line in joined.splitlines() for part in re.split(r"&&|\|\|?|;", line.removeprefix("$ "))]
    lines += INLINE.findall(path.read_text(encoding="utf-8"))
    found = []
    for line in lines:
        words = re.sub(r"^\S*/(?=autograder\b)", "", line.split(" #")[0].strip())
        if words.startswith("autograder "):
            found.append(shlex.split(words.replace("'", "’"))[1:])
    return found


def links(path: Path) -> list[str]:
    """The relative links of a text."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:", link)]
