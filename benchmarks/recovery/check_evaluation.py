"""Compares the questions that the service received with the samples on disk at each kill: check_evaluation.py FOLDER KILLS SAMPLES CONCURRENCY"""

import json
import sys
from collections import Counter
from pathlib import Path

folder, kills, samples, concurrency = Path(sys.argv[1]), *map(int, sys.argv[2:5])


def kept(file):
    found = set()
    for line in file.read_text().splitlines():
        try:
            record = json.loads(line)
        except json.JSONDecodeError:
            continue
        if "sample" in record:
            found.add(f"question {record['sample']['index']}")
    return found


asked = (folder / "asked").read_text().splitlines()
counts = Counter(asked)
faults = []
again = set()
kept_and_asked = 0
for kill in range(1, kills + 1):
    on_disk = kept(folder / f"kept-{kill}.jsonl")
    earlier = (folder / f"asked-{kill}").read_text().splitlines()
    later = Counter(asked[len(earlier):])
    kept_and_asked += len(on_disk & set(later))
    if twice := sorted(on_disk & set(later)):
        faults.append(f"kept at kill {kill} and asked after it: {twice}")
    open_then = set(earlier) - on_disk
    print(f"kill {kill}: {len(on_disk)} samples on disk, {len(open_then)} questions under way or unkept")
    if len(open_then) > concurrency:
        faults.append(f"{len(open_then)} questions were open at kill {kill}, and at most {concurrency} may be")
    again |= open_then
repeated = {question for question, count in counts.items() if count > 1}
if repeated != again:
    faults.append(f"asked twice: {sorted(repeated)}; open at a kill: {sorted(again)}")
final = kept(next((folder / "samples").glob("*.jsonl")))
if len(final) != samples or len(counts) != samples:
    faults.append(f"{len(final)} samples kept and {len(counts)} questions seen instead of {samples}")
for fault in faults:
    print(fault, file=sys.stderr)
print(f"{samples - len(final)} of {samples} samples missing; {kept_and_asked} whose answer was kept asked twice; {len(repeated)} that were under way at"
      f" {kills} kills (at most {concurrency} each) asked again; {len(asked)} questions in all")
sys.exit(1 if faults else 0)
