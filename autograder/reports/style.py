"""The colours and the plain shapes that all pages share; nothing here needs a template engine."""

from __future__ import annotations

__all__ = ["TOKENS"]

TOKENS = """
:root { color-scheme: light dark;
  --ground: #f7f7f5; --card: #ffffff; --ink: #1c2127; --muted: #59626d; --line: #dcdfe3; --sunk: #f0f1f3;
  --accent: #1f55a5; --good: #17713d; --bad: #ad2f23; --warn: #7d5200; --fill: #3f74c8; --part: #c58a1e;
  --none: #c5574c; --open: #9aa3ad; --hit: #fde9e6; }
@media (prefers-color-scheme: dark) { :root {
  --ground: #14171a; --card: #1d2125; --ink: #e8ebee; --muted: #a5aeb8; --line: #363d45; --sunk: #252a2f;
  --accent: #8fb8f9; --good: #64cf92; --bad: #ff958a; --warn: #f0c263; --fill: #6c9cea; --part: #d9a441;
  --none: #dc6a5f; --open: #6a737d; --hit: #4a2320; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
"""
"""Light and dark by the reader's own setting; every text colour has a contrast of 4.5 on each ground."""
