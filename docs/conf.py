"""How the documentation becomes a site: `make docs` reads this file.

The source is the repository itself, so that a link from one Markdown file to another works on GitHub and on the site.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

project = "Campaign site"
language = "en"
extensions = ["myst_parser"]
root_doc = "docs/index"
source_suffix = {".md": "markdown"}
# Only these are read; the folders below are not even looked into.
include_patterns = ["docs/**", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "deploy/README.md"]
exclude_patterns = [".*", "**/__pycache__", "campaign_site", "content", "media", "social_publisher", "tests", "var"]
# A link that leads nowhere is a warning, and `make docs` takes warnings for errors.
nitpicky = True

# Headings have the addresses that GitHub gives them.
myst_heading_anchors = 4
myst_enable_extensions = ["colon_fence"]

html_theme = "furo"
html_title = "Campaign site: handbook"
html_static_path = ["_static", str(ROOT / "campaign_site" / "static" / "campaign_site" / "fonts")]
html_extra_path = ["_front"]
html_css_files = ["handbook.css"]
html_favicon = "_static/mark.svg"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {
    "light_logo": "mark.svg",
    "dark_logo": "mark.svg",
    "light_css_variables": {
        "font-stack": "'Campaign Sans', system-ui, sans-serif",
        "color-brand-primary": "#0a4c86",
        "color-brand-content": "#0a4c86",
        "color-brand-visited": "#0a4c86",
        "color-background-primary": "#fbfaf6",
        "color-background-secondary": "#f1eee5",
        "color-foreground-primary": "#10202f",
        "color-foreground-secondary": "#4a5560",
        "color-foreground-muted": "#4a5560",
    },
    "dark_css_variables": {
        "color-brand-primary": "#8cc4f7",
        "color-brand-content": "#8cc4f7",
        "color-brand-visited": "#8cc4f7",
        "color-background-primary": "#0c151e",
        "color-background-secondary": "#0f1a25",
        "color-foreground-primary": "#eef2f5",
        "color-foreground-secondary": "#b3c0cc",
        "color-foreground-muted": "#b3c0cc",
    },
}
