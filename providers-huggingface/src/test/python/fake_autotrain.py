"""A fake AutoTrain without dependencies: its log, files, and exit code, which is always 0."""

import json
import re
import sys
import time
from pathlib import Path

LINE = "{level} | 2026-01-01 00:00:00 | {place} - {text}"


def say(place, text, level="INFO    "):
    print(LINE.format(level=level, place=place, text=text), flush=True)


def value(text, key, usual):
    found = re.search(rf"^\s*{key}: (.*)$", text, re.MULTILINE)
    return usual if found is None else found.group(1).strip().strip("'\"")


def main():
    text = Path(sys.argv[sys.argv.index("--config") + 1]).read_text(encoding="utf-8")
    project = Path(value(text, "project_name", "project-name"))
    project.mkdir()
    (project / "training_params.json").write_text(json.dumps({"model": value(text, "base_model", ""), "token": "hf_secret"}))
    say("autotrain.trainers.clm.train_clm_sft:train:14", "Starting SFT training...")
    template = value(text, "chat_template", "tokenizer")
    if template == "zephyr":
        say("autotrain.trainers.common:wrapper:215", "train has failed due to an exception: Traceback (most recent call last):", "ERROR   ")
        print('  File "train_clm_sft.py", line 1, in train\nKeyError: \'text\'\n')
        say("autotrain.trainers.common:wrapper:216", "'text'", "ERROR   ")
        return
    say("autotrain.trainers.clm.utils:configure_logging_steps:1", "Logging steps: 1")
    steps = 2 * int(value(text, "epochs", "1"))
    for step in range(1, steps + 1):
        print(f"\r {100 * step // steps}%|██   | {step}/{steps} [00:00<00:02,  6.69it/s]", end="", file=sys.stderr, flush=True)
        say("autotrain.trainers.common:on_log:367", {"loss": 3.0 / step, "grad_norm": float("nan"), "learning_rate": 1e-05, "epoch": step / 2})
        time.sleep(0.01)
    say("autotrain.trainers.common:on_log:367", {"train_runtime": 1.0, "train_loss": 1.5, "epoch": steps / 2})
    if template == "none":
        return
    (project / "autotrain-data").mkdir()
    if value(text, "merge_adapter", "false") == "true":
        say("autotrain.trainers.clm.utils:post_training_steps:443", "Failed to merge adapter weights: no memory", "WARNING ")
    (project / "adapter_model.safetensors").write_bytes(b"weights")
    (project / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA"}))


if __name__ == "__main__":
    main()
