"""The child's side of a job folder (docs/job-folder.md). Uses only the standard library."""

import json
import math
import os
import sys
import threading
from datetime import datetime, timezone
from pathlib import Path

DONE, HOPELESS, DISK, NOT_STARTED = 0, 70, 74, 75
HEARTBEAT_SECONDS = 2.0


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def receives_start(stream):
    """Blocks until the library sends the start line or ends."""
    return stream.readline(16).strip() == "start"


def write_whole(path, value):
    """Replaces a file atomically: a reader sees the old or the new content, even after a crash."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    with open(draft, "w", encoding="utf-8") as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def force_folder(folder):
    """Forces every file of a folder to the disk, so that a later rename publishes it completely."""
    for path in sorted(folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError:
            # Some systems can force only files, not folders.
            if path.is_file():
                raise
        finally:
            os.close(handle)


class JobFolder:
    """One job. Thread-safe as far as the heartbeat requires."""

    def __init__(self, directory):
        self.directory = Path(directory).resolve()
        self.request = json.loads((self.directory / "request.json").read_text(encoding="utf-8"))
        self.checkpoints = self.directory / "checkpoints"
        self.output = self.directory / "output"
        self._events = None
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._running = False

    def open(self):
        """Sets the status to running, and writes heartbeats until close()."""
        self._events = open(self.directory / "events.jsonl", "ab+")
        self._cut_half_line()
        self._become({"status": "running"})
        threading.Thread(target=self._beat, name="heartbeat", daemon=True).start()
        return self

    def close(self):
        self._ended.set()
        with self._lock:
            self._events.flush()
            os.fsync(self._events.fileno())
            self._events.close()

    def command(self):
        for word in ("cancel", "pause"):
            if (self.directory / "control" / word).exists():
                return word
        return None

    def event(self, identity, kind, **members):
        line = json.dumps({"id": identity, "at": now(), "type": kind, **members}) + "\n"
        with self._lock:
            self._events.write(line.encode("utf-8"))
            self._events.flush()

    def metrics(self, step, values):
        prefix = "validation" if "validation_loss" in values else "step"
        self.event(f"{prefix}-{step}", "metrics", step=step, values=finite(values))

    def checkpoint(self, name, step, values):
        self.event(f"checkpoint-{name}", "checkpoint", checkpoint=name, step=step, values=finite(values))

    def say(self, identity, level, text):
        self.event(identity, "message", level=level, text=text)

    def succeed(self, model, trained_tokens=None):
        tokens = {} if trained_tokens is None else {"trained_tokens": int(trained_tokens)}
        self._become({"status": "succeeded", "fine_tuned_model": model, **tokens, "finished_at": now()})

    def fail(self, reason):
        self._become({"status": "failed", "failure_reason": reason, "finished_at": now()})

    def follow(self, command):
        self._become({"status": "paused"} if command == "pause" else {"status": "cancelled", "finished_at": now()})

    def newest_checkpoint(self):
        """Returns the folder to resume from, or None."""
        if not self.checkpoints.is_dir():
            return None
        whole = [path for path in self.checkpoints.iterdir() if not path.name.startswith(".") and not path.name.endswith(".tmp")]
        return max(whole, key=lambda path: (len(path.name), path.name), default=None)

    def _become(self, state):
        with self._lock:
            self._running = state["status"] == "running"
            at = now()
            line = {"id": f"{state['status']}-{at}", "at": at, "type": "status", "status": state["status"]}
            self._events.write((json.dumps(line) + "\n").encode("utf-8"))
            self._events.flush()
            write_whole(self.directory / "state.json", {**state, "heartbeat_at": at})

    def _beat(self):
        while not self._ended.wait(HEARTBEAT_SECONDS):
            with self._lock:
                if not self._running:
                    return
                try:
                    write_whole(self.directory / "state.json", {"status": "running", "heartbeat_at": now()})
                except OSError as problem:
                    # The disk may have space again at the next heartbeat; if not, the training itself will fail.
                    print(f"the heartbeat could not be written: {problem}", file=sys.stderr, flush=True)

    def _cut_half_line(self):
        size = self._events.seek(0, os.SEEK_END)
        while size > 0:
            self._events.seek(size - 1)
            if self._events.read(1) == b"\n":
                break
            size -= 1
        self._events.truncate(size)


def finite(values):
    return {name: float(value) for name, value in values.items() if isinstance(value, (int, float)) and math.isfinite(value)}
