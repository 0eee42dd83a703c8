"""Publish the schema of results: ``python docs/make_schema.py`` after a change of ``autograder/results.py``."""

import json
from pathlib import Path

from autograder.results import json_schema

if __name__ == "__main__":
    target = Path(__file__).with_name("result.schema.json")
    target.write_text(json.dumps(json_schema(), indent=1) + "\n", encoding="utf-8")
