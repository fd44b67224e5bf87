"""Checks what MkDocs does not: links and anchors in Markdown outside docs/, paths of pages in any file that git tracks, and that the types
and methods that pages name are still in the code."""
import pathlib
import re
import subprocess
import sys

LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
PAGE = re.compile(r"(?<![\w/.-])docs/[\w./-]+\.(?:md|svg)")
# What counts as code on a page, and in it the names of types and methods.
CODE = re.compile(r"```java\n(.*?)```|`([^`\n]+)`", re.DOTALL)
NAME = re.compile(r"\b(?:[A-Z][a-z0-9]+){2,}\b|(?<=\.)[a-z]\w+(?=\()")
# A page that the changelog mentions, a file in a test, and placeholders.
MISSING_PAGES = {"docs/guide.md", "docs/README.md", "docs/decisions/NNNN-title.md", "docs/providers/NAME.md"}
MISSING_NAMES = {"DskipTests", "MyJournal", "MyJournalTest", "NameProvider"}


def leads_somewhere(file, link, anchor):
    target = file.parent / link if link else file
    if not target.exists():
        return False
    headings = HEADING.findall(target.read_text(encoding="utf-8")) if anchor else []
    return not anchor or anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


broken = []
words = set()
pages = []
for name in subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.split():
    file = pathlib.Path(name)
    if file.suffix not in {".md", ".java", ".py", ".xml", ".yml", ".sh"} or not file.exists():
        continue
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix in {".java", ".py"}:
        words.update(re.findall(r"\w+", text))
    if file.suffix == ".md" and name != "CHANGELOG.md" and not name.startswith("docs/decisions"):  # these describe the past
        pages.append((name, text))
    if file.suffix == ".md":
        broken += [f"{name}: {link}#{anchor}" for link, anchor in LINK.findall(text) if not leads_somewhere(file, link, anchor)]
    broken += [f"{name}: {page}" for page in PAGE.findall(text) if page not in MISSING_PAGES and not pathlib.Path(page).exists()]
for name, text in pages:
    code = " ".join("".join(parts) for parts in CODE.findall(text))
    broken += [f"{name}: {word}" for word in sorted(set(NAME.findall(code)) - words - MISSING_NAMES)]
if broken:
    sys.exit("These links lead nowhere, or these names are not in the code:\n" + "\n".join(broken))
