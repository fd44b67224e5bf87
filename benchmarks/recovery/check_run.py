"""Checks that the directory of a QuickStart contains one finished run that was trained once; with --step, prints how far it is."""

import json
import sys
from collections import Counter
from pathlib import Path


def lines(file):
    for line in file.read_text().splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue


def faults(directory):
    jobs = list((directory / "local/jobs").iterdir())
    if len(jobs) != 1:
        yield f"{len(jobs)} folders below jobs instead of one: {[job.name for job in jobs]}"
        return
    events = list(lines(jobs[0] / "events.jsonl"))
    starts = [event["id"] for event in events if event["id"].startswith("start-at-")]
    if starts != ["start-at-0"]:
        yield f"the trainer started training {len(starts)} times: {starts}"
    steps = Counter(event["id"] for event in events if event["type"] == "metrics" and event["id"].startswith("step-"))
    total = max((event["values"]["total_steps"] for event in events if "total_steps" in event.get("values", {})), default=0)
    if len(steps) != total or total == 0:
        yield f"{len(steps)} steps were reported, and the training has {total:.0f}"
    if twice := [step for step, count in steps.items() if count > 1]:
        yield f"steps trained twice: {twice}"
    state = json.loads((jobs[0] / "state.json").read_text())
    if state["status"] != "succeeded":
        yield f"the job is {state['status']}"
    report = directory / "report.json"
    if not report.exists():
        yield "there is no report.json"
        return
    result = json.loads(report.read_text())
    if result["verdict"] not in ("FINE_TUNE", "KEEP_BASELINE", "NOT_ENOUGH_EVIDENCE") or result["jobStatus"] != "SUCCEEDED":
        yield f"the report says {result['verdict']}, {result['jobStatus']}"
    if not result["job"].endswith(jobs[0].name):
        yield f"the report is of job {result['job']}, the folder is {jobs[0].name}"
    attempts = json.loads((jobs[0] / "process.json").read_text())["attempt"]
    print(f"{directory.name}: one job, {len(steps)} steps once each, processes started for it: {attempts}; {result['verdict']}")


def step(directory):
    entries = [entry for journal in directory.glob("journal/**/*.jsonl") for entry in lines(journal)]
    words = [f"{entry['entry']} {entry['step']}" for entry in entries if "step" in entry]
    return "before the journal" if not words else f"last in the journal: {words[-1]}"


if sys.argv[1] == "--step":
    print(step(Path(sys.argv[2])))
else:
    found = list(faults(Path(sys.argv[1])))
    for fault in found:
        print(f"{sys.argv[1]}: {fault}", file=sys.stderr)
    sys.exit(1 if found else 0)
