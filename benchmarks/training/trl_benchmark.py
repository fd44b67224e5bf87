"""Trains with TRL for the benchmark: trl_benchmark.py FOLDER STEPS. The last line is the tokens per second, without padding."""

import json
import sys
import time
from pathlib import Path

from datasets import Dataset
from peft import LoraConfig
from transformers import AutoModelForCausalLM, AutoTokenizer, TrainerCallback
from trl import SFTConfig, SFTTrainer

WARM_UP = 10


class Clock(TrainerCallback):
    def on_step_end(self, args, state, control, **kwargs):
        if state.global_step == WARM_UP:
            self.begun = time.perf_counter()


def main(folder, steps):
    settings = json.loads((folder / "settings.json").read_text())
    rows = [json.loads(line) for line in (folder / "data.jsonl").read_text().splitlines()]
    data = Dataset.from_list([{"prompt": r["messages"][:-1], "completion": r["messages"][-1:]} for r in rows])
    tokenizer = AutoTokenizer.from_pretrained(folder / "base")
    model = AutoModelForCausalLM.from_pretrained(folder / "base", dtype="float32")
    config = SFTConfig(
        output_dir=str(folder / "trl"), per_device_train_batch_size=settings["batchSize"], max_steps=steps,
        learning_rate=settings["learningRate"], lr_scheduler_type="cosine", warmup_steps=0, max_length=1024,
        completion_only_loss=True, packing=False, use_cpu=True, bf16=False, gradient_checkpointing=False,
        logging_strategy="no", save_strategy="no", report_to=[], disable_tqdm=True, seed=1)
    lora = LoraConfig(r=settings["rank"], lora_alpha=2 * settings["rank"], target_modules="all-linear",
                      task_type="CAUSAL_LM")
    clock = Clock()
    trainer = SFTTrainer(model=model, args=config, train_dataset=data, processing_class=tokenizer, peft_config=lora,
                         callbacks=[clock])
    trainer.train()
    seconds = time.perf_counter() - clock.begun
    tokens = sum(len(ids) for ids in trainer.train_dataset["input_ids"]) / len(rows) * settings["batchSize"]
    print(round(tokens * (steps - WARM_UP) / seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
