"""Runs a job folder on a machine of Hugging Face Jobs: finetune4j_on_jobs.py FOLDER RUNNER RESULT

The folder is mounted read-only, so a copy is used. Events are written to the log, and\nthe result is committed to the repository RESULT. Requires huggingface_hub, a dependency of trl, and HF_TOKEN.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

EVENT = "finetune4j-event "


def copy_events(events, ended):
    """Copies complete lines of the events to the log until the trainer has ended."""
    position = 0
    while True:
        last_round = ended.is_set()
        if events.exists():
            with open(events, "rb") as file:
                file.seek(position)
                said = file.read()
            whole = said[: said.rfind(b"\n") + 1]
            position += len(whole)
            for line in whole.decode("utf-8").splitlines():
                print(EVENT + line, flush=True)
        if last_round:
            return
        time.sleep(1)


def train(folder, runner):
    ended = threading.Event()
    copier = threading.Thread(target=copy_events, args=(folder / "events.jsonl", ended))
    copier.start()
    try:
        # The runner waits for this line because on other machines the process that starts it may die.
        return subprocess.run([sys.executable, str(folder / runner), str(folder)], input=b"start\n").returncode
    finally:
        ended.set()
        copier.join()


def main(mounted, runner, result):
    folder = Path(tempfile.mkdtemp(prefix="finetune4j-")) / "job"
    shutil.copytree(mounted, folder)
    code = train(folder, runner)
    state_file = folder / "state.json"
    state = json.loads(state_file.read_text(encoding="utf-8")) if state_file.exists() else {}
    if code != 0 or state.get("status") != "succeeded":
        print(state.get("failure_reason") or f"The trainer exited with {code}.", flush=True)
        return code or 1
    from huggingface_hub import HfApi

    commit = HfApi().upload_folder(repo_id=result, folder_path=str(folder / "output"), commit_message="Trained")
    print(f"The result is in {result} at {commit.oid}.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
