"""Runs a job folder in a Docker Space, brings the result to the Hub, and pauses the Space, whatever happened.

The Space says by variables what to do: FINETUNE4J_DATA, _COMMIT, _KEY, _RESULT, _SECONDS. HF_TOKEN is a secret.
FINETUNE4J_PORT is where it answers, 7860 if it is not set.
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
    """A Space that answers nobody is taken for one that has not started, and ended."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"training\n")

    def log_message(self, *arguments):
        pass


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


def train(folder, seconds):
    ended = threading.Event()
    teller = threading.Thread(target=tell, args=(folder / "events.jsonl", ended))
    teller.start()
    try:
        command = [sys.executable, str(folder / "runner" / "finetune4j_autotrain.py"), str(folder), sys.executable]
        subprocess.run(command, input=b"start\n", timeout=seconds)
    except subprocess.TimeoutExpired:
        return {"status": "failed", "failure_reason": f"The training was ended after {seconds} seconds, which is what the options allow it."}
    finally:
        ended.set()
        teller.join()
    state_file = folder / "state.json"
    return json.loads(state_file.read_text(encoding="utf-8")) if state_file.exists() else {}


def insist(call):
    """Calls until it works, a few times: one bad answer neither loses a training that is paid for nor keeps a Space running."""
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
        insist(lambda: api.upload_folder(repo_id=result, folder_path=str(folder / "output"), commit_message="Trained"))
        return {"status": "succeeded"}
    return {"status": "failed", "failure_reason": state.get("failure_reason") or "The trainer ended without saying how. The log of the Space may tell more."}


def outcome_of(api, result):
    try:
        outcome = work(api, result)
    except Exception as failure:
        traceback.print_exc()
        outcome = {"status": "failed", "failure_reason": f"The Space failed: {type(failure).__name__}: {failure}"}
    outcome["finished_at"] = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return outcome


def tell_once(api, result, outcome):
    # Whoever cancelled the job while it trained has said so there already, and that stands.
    if not api.file_exists(result, OUTCOME):
        api.upload_file(repo_id=result, path_in_repo=OUTCOME, path_or_fileobj=json.dumps(outcome).encode("utf-8"))


def main():
    from huggingface_hub import HfApi

    api = HfApi()
    try:
        port = int(os.environ.get("FINETUNE4J_PORT", "7860"))
        threading.Thread(target=ThreadingHTTPServer(("0.0.0.0", port), Alive).serve_forever, daemon=True).start()
        result = os.environ["FINETUNE4J_RESULT"]
        # A Space that somebody starts again must not train a second time.
        if not api.file_exists(result, OUTCOME):
            outcome = outcome_of(api, result)
            insist(lambda: tell_once(api, result, outcome))
    finally:
        insist(lambda: api.pause_space(os.environ["SPACE_ID"]))


if __name__ == "__main__":
    main()
