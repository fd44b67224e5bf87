"""Runs a job folder in a Docker Space, uploads the result to the Hub, and always pauses the Space.

Variables of the Space: FINETUNE4J_DATA, _COMMIT, _KEY, _RESULT, _SECONDS. HF_TOKEN is a secret.
FINETUNE4J_PORT is the port it listens on; 7860 if not set.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

EVENT = "finetune4j-event "
OUTCOME = "finetune4j_outcome.json"
WAITS = [1, 5, 25, 125]


class Alive(BaseHTTPRequestHandler):
    """The Hub stops a Space that does not answer requests."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"training\n")

    def log_message(self, *arguments):
        pass


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


def train(folder, seconds):
    ended = threading.Event()
    copier = threading.Thread(target=copy_events, args=(folder / "events.jsonl", ended))
    copier.start()
    try:
        command = [sys.executable, str(folder / "runner" / "finetune4j_autotrain.py"), str(folder), sys.executable]
        subprocess.run(command, input=b"start\n", timeout=seconds)
    except subprocess.TimeoutExpired:
        return {"status": "failed", "failure_reason": f"The training was stopped after {seconds} seconds, the limit set in the options."}
    finally:
        ended.set()
        copier.join()
    state_file = folder / "state.json"
    return json.loads(state_file.read_text(encoding="utf-8")) if state_file.exists() else {}


def with_retries(call):
    """Retries a call a few times, so that one error neither loses a paid training run nor keeps a Space running."""
    for wait in WAITS:
        try:
            return call()
        except Exception:
            traceback.print_exc()
            time.sleep(wait)
    return call()


def work(api, result):
    from huggingface_hub import snapshot_download

    key = os.environ["FINETUNE4J_KEY"]
    data = snapshot_download(
        os.environ["FINETUNE4J_DATA"],
        repo_type="dataset",
        revision=os.environ["FINETUNE4J_COMMIT"],
        allow_patterns=[f"{key}/*", f"{key}/**"],
    )
    folder = Path(tempfile.mkdtemp(prefix="finetune4j-")) / "job"
    shutil.copytree(Path(data) / key, folder)
    state = train(folder, int(os.environ["FINETUNE4J_SECONDS"]))
    if state.get("status") == "succeeded":
        with_retries(lambda: api.upload_folder(repo_id=result, folder_path=str(folder / "output"), commit_message="Trained"))
        return {"status": "succeeded"}
    return {"status": "failed", "failure_reason": state.get("failure_reason") or "The trainer ended without a reason. See the log of the Space."}


def outcome_of(api, result):
    try:
        outcome = work(api, result)
    except Exception as failure:
        traceback.print_exc()
        outcome = {"status": "failed", "failure_reason": f"The Space failed: {type(failure).__name__}: {failure}"}
    outcome["finished_at"] = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return outcome


def record_outcome(api, result, outcome):
    # If the job was cancelled during training, its outcome is already recorded and is kept.
    if not api.file_exists(result, OUTCOME):
        api.upload_file(repo_id=result, path_in_repo=OUTCOME, path_or_fileobj=json.dumps(outcome).encode("utf-8"))


def main():
    from huggingface_hub import HfApi

    api = HfApi()
    try:
        port = int(os.environ.get("FINETUNE4J_PORT", "7860"))
        threading.Thread(target=ThreadingHTTPServer(("0.0.0.0", port), Alive).serve_forever, daemon=True).start()
        result = os.environ["FINETUNE4J_RESULT"]
        # A restarted Space must not train a second time.
        if not api.file_exists(result, OUTCOME):
            outcome = outcome_of(api, result)
            with_retries(lambda: record_outcome(api, result, outcome))
    finally:
        with_retries(lambda: api.pause_space(os.environ["SPACE_ID"]))


if __name__ == "__main__":
    main()
