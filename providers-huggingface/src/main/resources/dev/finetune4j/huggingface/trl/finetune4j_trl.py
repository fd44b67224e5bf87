"""Trains one job folder with TRL; resumes from its newest checkpoint automatically.

finetune4j_trl.py FOLDER            waits for "start" on the standard input, then works on the folder
finetune4j_trl.py FOLDER --worker   one of the processes that accelerate starts for the folder
finetune4j_trl.py probe             prints the versions and devices of this environment as one JSON object
"""

import difflib
import errno
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import traceback
from pathlib import Path

from finetune4j_job import DISK, DONE, HOPELESS, NOT_STARTED, JobFolder, receives_start

PACKAGES = ["torch", "transformers", "trl", "peft", "accelerate", "datasets", "bitsandbytes", "vllm", "deepspeed"]


class Refused(Exception):
    """The request cannot be trained here; the message says why and what to do."""


def versions():
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


def probe():
    import torch

    cuda = torch.cuda.is_available()
    device = torch.cuda.get_device_name(0) if cuda else "cpu"
    return {"versions": versions(), "cuda": cuda, "gpus": torch.cuda.device_count(), "bf16": cuda and torch.cuda.is_bf16_supported(), "device": device}


def reason(failure):
    """Says what happened and what to do, in one or two sentences."""
    text = str(failure).strip()
    first = text.splitlines()[0] if text else ""
    if isinstance(failure, Refused):
        return text
    if type(failure).__name__ == "OutOfMemoryError" or "out of memory" in text or "can't allocate memory" in text:
        return f"Out of memory: {first} Train with a smaller batch, shorter sequences, low-rank updates or 4-bit weights, then resume the job."
    if isinstance(failure, ImportError):
        return f"The Python environment lacks a package: {first}. Install it there, or let the library build its own environment."
    if isinstance(failure, OSError) and failure.errno == errno.ENOSPC:
        return f"The disk is full: {first}. Free some space, then resume the job."
    return f"The trainer failed: {type(failure).__name__}: {first} See the log for details."


def work(folder, worker):
    job = JobFolder(folder)
    launch = job.request.get("accelerate")
    if launch is not None and not worker:
        return under_accelerate(job, launch)
    if worker and os.environ.get("RANK", "0") != "0":
        train(job, silent=True)
        return DONE
    try:
        job.open()
    except OSError:
        traceback.print_exc()
        return DISK
    try:
        train(job, silent=False)
        return DONE
    except BaseException as failure:
        traceback.print_exc()
        if isinstance(failure, KeyboardInterrupt):
            raise
        job.fail(reason(failure))
        return DISK if isinstance(failure, OSError) and failure.errno == errno.ENOSPC else HOPELESS
    finally:
        job.close()


def refused_flags(launch):
    """Returns why the installed accelerate would refuse the flags, None if it accepts them."""
    from accelerate.commands.launch import launch_command_parser

    known = {option[2:] for option in launch_command_parser()._option_string_actions if option.startswith("--")}
    for name in launch:
        if name not in known and name.replace("-", "_") not in known:
            near = difflib.get_close_matches(name, known, 1)
            nearest = f" The nearest is {near[0]!r}." if near else " Remove it."
            return f"The launcher of accelerate {versions().get('accelerate')} has no flag {name!r}." + nearest
    return None


def under_accelerate(job, launch):
    """Runs several processes, possibly on several nodes, with accelerate's launcher."""
    refused = refused_flags(launch)
    if refused is not None:
        job.open().fail(refused)
        job.close()
        return HOPELESS
    command = [sys.executable, "-m", "accelerate.commands.launch"]
    for name, value in launch.items():
        command += [f"--{name}"] if value is True else [f"--{name}", str(value)]
    command += [os.path.abspath(__file__), str(job.directory), "--worker"]
    code = subprocess.run(command, stdin=subprocess.DEVNULL).returncode
    # The launcher exits with 1 for every failure; the outcome is in the job's state.
    state = job.directory / "state.json"
    status = json.loads(state.read_text(encoding="utf-8"))["status"] if state.exists() else "queued"
    return DONE if status in ("succeeded", "paused", "cancelled") else HOPELESS if status == "failed" else code or 1


def train(job, silent):
    from finetune4j_training import Training

    Training(job, silent).run()


def main(arguments):
    if arguments == ["probe"]:
        print(json.dumps(probe()))
        return DONE
    worker = "--worker" in arguments
    if not worker and not receives_start(sys.stdin):
        return NOT_STARTED
    return work(arguments[0], worker)


if __name__ == "__main__":
    # Finds the modules beside this one even if Python does not search the script's folder.
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    # This file is imported again under its own name by the training.
    sys.modules["finetune4j_trl"] = sys.modules[__name__]
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is on the disk, and native threads need not be stopped.
    os._exit(code)
