"""The README's pictures, made from real runs: ``python docs/make_pictures.py`` (needs Chromium and ``[browser]``).

The terminal's is what the command prints to a terminal, turned into SVG by rich; the report's is a screenshot.
"""

from __future__ import annotations

import io
import os
import pty
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURES = Path(__file__).with_name("pictures")
COLUMNS = 100

# rich's own has a web font's address in it; this one draws with what the reader has.
SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<style>.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
{styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


def main() -> None:
    """Make them."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        shutil.copytree(ROOT / "assignment" / "python", Path(work) / "python")
        wrong = ROOT / "examples" / "submissions" / "dilan" / "nn"
        shutil.copytree(wrong, Path(work) / "python" / "nn", dirs_exist_ok=True)
        command = "autograder check --task batchnorm_forward"
        _terminal(command, Path(work) / "python", PICTURES / "check.svg")
        grade = [sys.executable, "-m", "autograder", "grade", str(ROOT / "examples" / "submissions")]
        subprocess.run([*grade, "--seed", "picture", "--out", f"{work}/graded"], check=True, stdout=subprocess.DEVNULL)
        _page(Path(work) / "graded" / "report" / "index.html", PICTURES / "report.png")


def _terminal(command: str, folder: Path, target: Path) -> None:
    printed: list[bytes] = []

    def read(descriptor: int) -> bytes:
        printed.append(os.read(descriptor, 1 << 16))
        return printed[-1]

    line = f"cd {folder} && stty cols {COLUMNS} && exec {sys.executable} -m {command}"
    os.environ["COLUMNS"] = str(COLUMNS)
    pty.spawn(["bash", "-c", line], read)
    console = Console(record=True, width=COLUMNS, file=io.StringIO())
    console.print(Text(f"$ {command}", style="bold"))
    console.print(Text.from_ansi(b"".join(printed).decode().replace("\r\n", "\n")))
    target.write_text(console.export_svg(title="autograder", code_format=SVG, unique_id="t"), encoding="utf-8")


def _page(page: Path, target: Path) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": 1100, "height": 900})
        view.goto(page.as_uri())
        view.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
