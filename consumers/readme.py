"""Reads the README: its program, and the table that says how the program changes for another provider."""
import re
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
ROW = r"^\| [^|]+ \| `finetune4j-(?P<artifact>\w+)` \| `(?P<model>[^`]+)` \| `(?P<provider>[^`]+)` \|$"

# The README's program asks Hugging Face itself, which needs no addresses.
SIMULATED_HUB = "".join(
    f'.{name}(java.net.URI.create(System.getenv("{variable}")))'
    for name, variable in (("hub", "HF_ENDPOINT"), ("endpointsApi", "HF_ENDPOINTS_API"), ("router", "HF_ROUTER")))


def match(text, pattern):
    """Returns the first group of the first match; ValueError if there is none."""
    found = re.search(pattern, text, re.S | re.M)
    if not found:
        raise ValueError(f"Nothing here looks like {pattern}")
    return found.group(1)


def matches(text, pattern):
    return re.fullmatch(pattern, text) is not None


def all_matches(text, pattern):
    return re.findall(pattern, text)


def program(provider="local"):
    """Returns the README's program, changed for the provider as the README's table says."""
    text = README.read_text()
    code = match(text, r"^```java\n(.*?)^```$")
    rows = {row["artifact"]: row for row in re.finditer(ROW, text, re.M)}
    before, after = rows["local"], rows[provider]
    built = after["provider"]
    if provider == "huggingface":
        built = built.replace(".build()", SIMULATED_HUB + ".build()")
    return (
        replaced(code, before["provider"], built)
        .replace(type_name(before), type_name(after))
        .replace(f'"{before["model"]}"', f'"{after["model"]}"'))


def type_name(row):
    """Returns the whole name of the provider's class; its package is named like its artifact."""
    return f"dev.finetune4j.{row['artifact']}.{row['provider'].split('.')[0]}"


def replaced(text, before, after):
    if before not in text:
        raise ValueError(f"The README's program does not contain {before}")
    return text.replace(before, after)


def write_program(project, provider="local", package=""):
    """Writes the README's program into the sources of a project, into a package if one is named."""
    target = project.joinpath("src", "main", "java", *package.split("."), "FineTune.java")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text((f"package {package};\n\n" if package else "") + program(provider))
