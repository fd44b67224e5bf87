"""Runs AutoTrain on one job folder, and determines from its log and files whether it succeeded.

finetune4j_autotrain.py FOLDER INTERPRETER    waits for "start" on the standard input, then works on the folder

AutoTrain always exits with 0 and cannot resume from a checkpoint: a job that died starts over.
"""

import ast
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from pathlib import Path

from finetune4j_job import DISK, DONE, HOPELESS, NOT_STARTED, JobFolder, force_folder, receives_start

PACKAGES = ["autotrain-advanced", "torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes"]
RESULTS = ["adapter_model.safetensors", "model.safetensors", "model.safetensors.index.json"]
LEFT_OUT = ["autotrain-data", "training_args.bin", "runs"]
FIGURES = re.compile(r"\bon_log:\d+ - (\{.*\})\s*$")
EVERY = re.compile(r"\bLogging steps: (\d+)\s*$")
BAR = re.compile(r"^\s*\d+%\|[^|]*\|\s*\d+/(\d+) \[")
PROBLEM = re.compile(r"^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Error|Exception|Interrupt)\b(?:: .*)?$")
NOT_FINITE = re.compile(r"\b(?:nan|inf)\b")


class Reader:
    """Reads AutoTrain's log."""

    def __init__(self, job):
        self.job = job
        self.every = 1
        self.logged = 0
        self.total = None
        self.broken = False
        self.merge_failed = False
        self.problem = ""

    def read(self, line):
        """Reads a line of the log; returns whether to keep it, which is false for progress bars."""
        bar = BAR.match(line)
        if bar:
            self.total = int(bar.group(1))
        every = EVERY.search(line)
        if every:
            self.every = max(1, int(every.group(1)))
        figures = FIGURES.search(line)
        if figures:
            self._figures(figures.group(1))
        if "has failed due to an exception" in line:
            self.broken = True
        if "Failed to merge adapter weights" in line:
            self.merge_failed = True
        if PROBLEM.match(line.strip()):
            self.problem = line.strip()
        return bar is None

    def _figures(self, text):
        try:
            values = ast.literal_eval(NOT_FINITE.sub("None", text))
        except (SyntaxError, ValueError):
            return
        if "loss" not in values:
            return
        self.logged += 1
        self.job.metrics(self.logged * self.every, {**values, "total_steps": self.total})


def versions():
    found = {"python": ".".join(map(str, sys.version_info[:3]))}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def without_token(params):
    """AutoTrain writes the token of the Hub into this file in clear."""
    if not params.is_file():
        return
    try:
        content = json.loads(params.read_text(encoding="utf-8"))
    except ValueError:
        # Truncated, and not needed.
        params.unlink()
        return
    if "token" in content:
        del content["token"]
        params.write_text(json.dumps(content, indent=4), encoding="utf-8")


def command(job, interpreter, work):
    """AutoTrain under a process that kills it and its children as soon as this process ends."""
    tether = job.directory / "runner" / "finetune4j_tether.py"
    config = os.path.relpath(job.directory / "autotrain.yml", work)
    return [interpreter, str(tether), interpreter, "-m", "autotrain.cli.autotrain", "--config", config]


def environment(interpreter):
    variables = dict(os.environ)
    # AutoTrain starts "accelerate" by name, and a Python that is not activated is not on the path.
    variables["PATH"] = os.pathsep.join([str(Path(interpreter).parent), variables.get("PATH", "")])
    # By default it runs code that comes with a model.
    variables.setdefault("ALLOW_REMOTE_CODE", "false")
    variables["PAUSE_ON_FAILURE"] = "0"
    # Otherwise AutoTrain would report progress as a discussion in the Space's repository.
    variables.pop("SPACE_ID", None)
    return variables


def follow(job, process, project):
    """Reads until the end, and removes the token from the disk as soon as the trainer has read it."""
    reader = Reader(job)
    stripped = False
    for line in process.stdout:
        if reader.read(line) and line.strip():
            print(line.rstrip("\n"), flush=True)
        if not stripped and "autotrain.trainers.clm.train_clm" in line:
            without_token(project / "training_params.json")
            stripped = True
    return reader


def reason(reader, code):
    """Says what happened and what to do, in one or two sentences."""
    problem = reader.problem
    if "out of memory" in problem or "SIGKILL" in problem or code in (-9, 137):
        return f"Out of memory, or the trainer was killed: {problem or f'exit code {code}'}. Train with a smaller batch, a shorter block_size or low-rank updates."
    if "packing the dataset" in problem:
        return f"AutoTrain found nothing to train on: {problem}. It packs the examples into blocks: all of them together must be longer than block_size."
    if "No module named" in problem and "autotrain" in problem:
        return f"The Python environment lacks autotrain-advanced: {problem}. Install it there, or let the library build its own environment."
    if problem:
        return f"AutoTrain failed: {problem}. See the log for details."
    return f"AutoTrain ended with exit code {code} without a result or a reason. See the log."


def result(project, started):
    """Returns the folder's weights that this attempt has written, or None."""
    for name in RESULTS:
        path = project / name
        # The clock of the file system may be slightly behind that of the process.
        if path.is_file() and path.stat().st_mtime >= started - 2:
            return path
    return None


def publish(project, output):
    draft = output.with_name(".output")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(project, draft, ignore=shutil.ignore_patterns(*LEFT_OUT, "checkpoint-*"))
    force_folder(draft)
    shutil.rmtree(output, ignore_errors=True)
    os.replace(draft, output)


def train(job, interpreter):
    wanted = job.request["autotrain"]
    work = job.directory / "work"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    project = work / wanted["config"]["project_name"]
    job.say("environment", "info", "AutoTrain runs with " + ", ".join(f"{name} {version}" for name, version in versions().items()))
    started = time.time()
    process = subprocess.Popen(
        command(job, interpreter, work),
        cwd=work,
        env=environment(interpreter),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    try:
        reader = follow(job, process, project)
        code = process.wait()
    finally:
        process.stdin.close()
        without_token(project / "training_params.json")
    weights = result(project, started)
    if reader.broken or weights is None:
        job.fail(reason(reader, code))
        return HOPELESS
    if reader.merge_failed:
        job.say("merge", "warning", "AutoTrain could not merge the adapter into its base; the result is the adapter.")
    publish(project, job.output)
    shutil.rmtree(work, ignore_errors=True)
    job.succeed(job.request["tuned_model"])
    return DONE


def work_on(folder, interpreter):
    job = JobFolder(folder)
    try:
        job.open()
    except OSError:
        traceback.print_exc()
        return DISK
    try:
        return train(job, interpreter)
    except OSError as failure:
        traceback.print_exc()
        job.fail(f"The job's files cannot be used: {failure}. Free disk space or check permissions, then submit the request again.")
        return DISK
    finally:
        job.close()


def main(arguments):
    if not receives_start(sys.stdin):
        return NOT_STARTED
    return work_on(arguments[0], arguments[1])


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
