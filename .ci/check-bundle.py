"""Checks that a bundle for Maven Central is complete. Usage: check-bundle.py BUNDLE.zip yes|no (are signatures expected?)"""

import io
import json
import sys
import xml.etree.ElementTree as tree
import zipfile

PUBLISHED = {"parent", "bom", "core", "provider-kit", "openai", "azure", "huggingface", "local", "retrieval", "testkit", "simulators", "provider-tck", "exchange", "jdbc"}
POM = "{http://maven.apache.org/POM/4.0.0}"
METADATA = ["name", "description", "url", "licenses/license/name", "licenses/license/url", "developers/developer/name",
            "scm/connection", "scm/developerConnection", "scm/url"]


def value(pom, parent, path):
    """A child inherits what it does not say, except its name and description."""
    steps = "/".join(POM + step for step in path.split("/"))
    found = pom.findtext(steps)
    inherits = pom.find(POM + "parent") is not None and path not in ("name", "description")
    return found or (parent.findtext(steps) if inherits else None)


def check(bundle, signed):
    problems = []
    names = set(bundle.namelist())
    poms = {name: tree.fromstring(bundle.read(name)) for name in names if name.endswith(".pom")}
    found = {pom.findtext(POM + "artifactId").removeprefix("finetune4j-"): (name, pom) for name, pom in poms.items()}
    for missing in sorted(PUBLISHED - found.keys()):
        problems.append(f"no artifact finetune4j-{missing}")
    for extra in sorted(found.keys() - PUBLISHED):
        problems.append(f"finetune4j-{extra} is not meant to be published")
    parent = found["parent"][1] if "parent" in found else tree.Element("none")
    for artifact, (name, pom) in sorted(found.items()):
        stem = name.removesuffix(".pom")
        problems += [f"{name}: no {path}" for path in METADATA if not value(pom, parent, path)]
        files = [name]
        if pom.findtext(POM + "packaging") != "pom":
            files += [stem + end for end in (".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")]
        for file in files:
            wanted = [file, file + ".sha1", file + ".md5"] + ([file + ".asc"] if signed else [])
            problems += [f"no {each}" for each in wanted if each not in names]
            if file in names:
                problems += inside(file, bundle.read(file))
    return problems, len(found)


def inside(file, content):
    if file.endswith(".jar"):
        entries = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
        return [f"{file}: no {entry}" for entry in ("META-INF/LICENSE", "META-INF/NOTICE") if entry not in entries]
    if file.endswith(".json"):
        return [] if json.loads(content).get("bomFormat") == "CycloneDX" else [f"{file}: not a CycloneDX file"]
    return []


found, artifacts = check(zipfile.ZipFile(sys.argv[1]), sys.argv[2] == "yes")
for problem in found:
    print(problem)
print(f"Bundle: {artifacts} artifacts, {len(found)} problems, signatures {'checked' if sys.argv[2] == 'yes' else 'not made'}.")
sys.exit(1 if found else 0)
