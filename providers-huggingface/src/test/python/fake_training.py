"""A fake trainer without dependencies: counts steps, writes checkpoints, obeys commands."""

import json
import os
import shutil
import time

STEPS_PER_EPOCH = 2


class Training:
    def __init__(self, job, silent):
        self.job = job

    def run(self):
        recipe = self.job.request["trl"]
        steps = STEPS_PER_EPOCH * recipe["arguments"]["num_train_epochs"]
        start = self.job.newest_checkpoint()
        first = 1 if start is None else int(start.name.rsplit("-", 1)[1]) + 1
        for step in range(first, steps + 1):
            self.job.metrics(step, {"loss": 3.0 / step, "epoch": step / STEPS_PER_EPOCH, "total_steps": steps, "trained_tokens": 10 * step})
            command = self.job.command()
            if command is not None or step == steps or step % 10 == 0:
                self.save(step)
            if command is not None:
                self.job.follow(command)
                return
            time.sleep(0.01)
            self.misbehave(recipe, step, start)
        self.job.output.mkdir(exist_ok=True)
        (self.job.output / "adapter_config.json").write_text(json.dumps({"peft_type": "LORA"}))
        self.job.succeed(self.job.request["tuned_model"], 10 * steps)

    def save(self, step):
        draft = self.job.checkpoints / ".draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        whole = self.job.checkpoints / f"checkpoint-{step}"
        shutil.rmtree(whole, ignore_errors=True)
        os.replace(draft, whole)
        self.job.checkpoint(whole.name, step, {"loss": 3.0 / step})

    @staticmethod
    def misbehave(recipe, step, start):
        """The option chat_template selects a fault."""
        fault = recipe.get("chat_template", "")
        if fault == "die at 15" and start is None and step == 15:
            os._exit(137)
        if fault == "raise" and step == 3:
            raise MemoryError("CUDA out of memory. Tried to allocate 2 GiB")
