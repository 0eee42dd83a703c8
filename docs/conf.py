"""The documentation site: ``sphinx-build -W docs build/docs``."""

from autograder import __version__

project = "autograder"
author = "the autograder developers"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
source_suffix = {".md": "markdown"}
myst_enable_extensions = ["colon_fence", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["README.md"]
nitpicky = False

autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = "autograder"
html_show_sourcelink = False
html_show_copyright = False
html_theme_options = {"navigation_with_keys": True}
