"""Checks what MkDocs does not: links in Markdown outside docs/, and paths of pages in any file that git tracks."""
import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PAGE = re.compile(r"(?<![\w/.-])docs/[\w./-]+\.(?:md|svg)")
# A page that the changelog mentions, a file in a test, and placeholders.
FOREIGN = {"docs/guide.md", "docs/README.md", "docs/decisions/NNNN-title.md", "docs/providers/NAME.md"}

broken = []
for name in subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split():
    file = pathlib.Path(name)
    if file.suffix not in {".md", ".java", ".py", ".xml", ".yml", ".sh"} or not file.exists():
        continue
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix == ".md":
        broken += [f"{name}: {link}" for link in LINK.findall(text) if not (file.parent / link).exists()]
    broken += [f"{name}: {page}" for page in PAGE.findall(text) if page not in FOREIGN and not pathlib.Path(page).exists()]
if broken:
    sys.exit("These links lead nowhere:\n" + "\n".join(broken))
