"""A hook of MkDocs: puts an SVG file into the page itself, so that it takes the page's colours and screen readers can read it."""
import pathlib
import re

IMAGE = re.compile(r"^!\[[^\]]*\]\((?:\.\./)*images/([\w-]+)\.svg\)$", re.MULTILINE)
STYLE = re.compile(r"<style>.*?</style>\n?", re.DOTALL)  # only for readers of the file alone


def on_page_markdown(markdown, page, config, files):
    def inline(match):
        file = pathlib.Path(config["docs_dir"], "images", match.group(1) + ".svg")
        return "<div>\n" + STYLE.sub("", file.read_text(encoding="utf-8")).strip() + "\n</div>"

    return IMAGE.sub(inline, markdown)
