"""Runs a job folder on a machine of Hugging Face Jobs: finetune4j_on_jobs.py FOLDER RUNNER RESULT

The folder is mounted and may only be read, so a copy is trained. Events are written into the log, and
the result is committed to the repository RESULT. Needs huggingface_hub, which trl brings, and HF_TOKEN.
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


def tell(events, ended):
    """Writes each whole line of the events into the log, until the trainer has ended and all is said."""
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
    teller = threading.Thread(target=tell, args=(folder / "events.jsonl", ended))
    teller.start()
    try:
        # The runner waits for the word, since on other machines it is started by somebody who may die.
        return subprocess.run([sys.executable, str(folder / runner), str(folder)], input=b"start\n").returncode
    finally:
        ended.set()
        teller.join()


def main(mounted, runner, result):
    folder = Path(tempfile.mkdtemp(prefix="finetune4j-")) / "job"
    shutil.copytree(mounted, folder)
    code = train(folder, runner)
    state_file = folder / "state.json"
    state = json.loads(state_file.read_text(encoding="utf-8")) if state_file.exists() else {}
    if code != 0 or state.get("status") != "succeeded":
        print(state.get("failure_reason") or f"The trainer ended with {code}.", flush=True)
        return code or 1
    from huggingface_hub import HfApi

    commit = HfApi().upload_folder(repo_id=result, folder_path=str(folder / "output"), commit_message="Trained")
    print(f"The result is in {result} at {commit.oid}.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
