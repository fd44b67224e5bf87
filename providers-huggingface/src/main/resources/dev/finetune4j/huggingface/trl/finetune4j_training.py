"""Trains a job folder with TRL. Requires torch, transformers, trl, peft and datasets."""

import dataclasses
import difflib
import json
import os
import shutil
import time

import torch
import transformers
from finetune4j_data import Rows
from finetune4j_job import force_folder
from finetune4j_rewards import reward
from finetune4j_trl import Refused, versions
from transformers import AutoTokenizer, TrainerCallback

KEPT_CHECKPOINTS = 2
PROGRESS = "finetune4j.json"


class Training:
    def __init__(self, job, silent):
        self.job = job
        self.silent = silent
        self.recipe = job.request["trl"]
        self.kind = self.recipe["trainer"]
        self.hidden = job.directory / "checkpoints" / ".trainer"

    def run(self):
        torch.set_num_threads(max(1, int(self.recipe.get("threads") or torch.get_num_threads())))
        trainer, reporter = self.build()
        self.require_something_to_learn(trainer)
        checkpoint = self.job.newest_checkpoint()
        if not self.silent:
            self.introduce(trainer, checkpoint)
        trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
        command = reporter.followed
        if command is None:
            self.finish(trainer, reporter)
        elif not self.silent:
            self.job.follow(command)

    def build(self):
        tokenizer = AutoTokenizer.from_pretrained(self.recipe["model"], revision=self.recipe.get("revision"))
        if tokenizer.pad_token is None:
            tokenizer.pad_token = tokenizer.eos_token
        if self.recipe.get("chat_template"):
            tokenizer.chat_template = self.recipe["chat_template"]
        rows = Rows(self.job.directory, self.kind, tokenizer)
        reporter = Reporter(self)
        training = rows.training()
        self.given = len(training)
        parts = {
            "model": self.recipe["model"],
            "args": self.configuration(rows),
            "train_dataset": training,
            "eval_dataset": rows.validation(),
            "processing_class": tokenizer,
            "peft_config": self.adapter(),
            "callbacks": [reporter, *self.early_stop()],
        }
        if self.recipe.get("quantization"):
            parts["quantization_config"] = self.quantization()
        if self.kind == "grpo":
            parts["reward_funcs"] = reward(self.recipe["grader"])
        trainer = self.trainer_class()(**parts)
        reporter.trainer = trainer
        return trainer, reporter

    def require_something_to_learn(self, trainer):
        """TRL truncates rows at the maximum length, and silently skips those whose answers are cut off."""
        kept = len(trainer.train_dataset)
        longest = getattr(trainer.args, "max_length", None)
        if kept == 0:
            raise Refused(f"No answer in the {self.given} examples starts within {longest} tokens. Allow longer sequences, or shorten the prompts.")
        if kept < self.given and not getattr(trainer.args, "packing", False) and not self.silent:
            text = f"{self.given - kept} of {self.given} examples are skipped: their answers do not start within {longest} tokens."
            self.job.say("left-out", "warning", text)

    def trainer_class(self):
        import trl

        return {"sft": trl.SFTTrainer, "dpo": trl.DPOTrainer, "grpo": trl.GRPOTrainer}[self.kind]

    def configuration(self, rows):
        import trl

        config = {"sft": trl.SFTConfig, "dpo": trl.DPOConfig, "grpo": trl.GRPOConfig}[self.kind]
        known = {field.name for field in dataclasses.fields(config)}
        arguments = {**self.defaults(rows), **self.recipe["arguments"]}
        arguments["output_dir"] = str(self.hidden)
        arguments["model_init_kwargs"] = {**self.precision(), **self.recipe.get("model_arguments", {}), **arguments.get("model_init_kwargs", {})}
        if self.recipe.get("revision"):
            arguments["model_init_kwargs"]["revision"] = self.recipe["revision"]
        for name in arguments:
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                raise Refused(
                    f"{config.__name__} of trl {versions().get('trl')} has no setting {name!r}."
                    + (f" The nearest is {near[0]!r}." if near else " Remove it.")
                )
        return config(**arguments)

    def defaults(self, rows):
        bf16 = torch.cuda.is_available() and torch.cuda.is_bf16_supported()
        found = {
            "bf16": bf16,
            "fp16": torch.cuda.is_available() and not bf16,
            # Trades time for memory, which is scarce only on GPUs.
            "gradient_checkpointing": torch.cuda.is_available(),
            "logging_steps": 1,
            "logging_first_step": True,
            "report_to": "none",
            "disable_tqdm": True,
            "save_strategy": "steps",
            "save_total_limit": None,
            "dataloader_pin_memory": torch.cuda.is_available(),
        }
        if rows.has_validation():
            found["eval_strategy"] = "epoch"
        return found

    def precision(self):
        if not torch.cuda.is_available():
            return {"dtype": torch.float32}
        # Full updates need 32-bit weights, with 16-bit autocast; frozen weights can be 16-bit.
        frozen = self.recipe.get("lora") is not None
        half = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        return {"dtype": half if frozen else torch.float32}

    def quantization(self):
        if not torch.cuda.is_available():
            raise Refused("4-bit and 8-bit weights require an NVIDIA graphics card, which this machine lacks. Train a low-rank update without them, or on a machine with a card.")
        from transformers import BitsAndBytesConfig

        wanted = dict(self.recipe["quantization"])
        if wanted.get("load_in_4bit"):
            half = torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
            wanted.setdefault("bnb_4bit_quant_type", "nf4")
            wanted["bnb_4bit_compute_dtype"] = half
        return BitsAndBytesConfig(**wanted)

    def adapter(self):
        if self.recipe.get("lora") is None:
            return None
        from peft import LoraConfig

        return LoraConfig(task_type="CAUSAL_LM", **self.recipe["lora"])

    def early_stop(self):
        patience = self.recipe.get("early_stop_patience")
        return [transformers.EarlyStoppingCallback(early_stopping_patience=patience)] if patience else []

    def introduce(self, trainer, checkpoint):
        parameters = list(trainer.model.parameters())
        trained = sum(parameter.numel() for parameter in parameters if parameter.requires_grad)
        whole = sum(parameter.numel() for parameter in parameters)
        start = checkpoint.name if checkpoint else "the beginning"
        self.job.say(
            f"start-at-{checkpoint.name if checkpoint else 0}",
            "info",
            f"{len(trainer.train_dataset)} examples, {trained} of {whole} parameters change, on {trainer.args.device}; starts from {start}.",
        )
        found = versions()
        (self.job.directory / "environment.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        self.job.say("environment", "info", "Environment: " + ", ".join(f"{name} {version}" for name, version in found.items()) + ".")

    def finish(self, trainer, reporter):
        draft = self.job.directory / ".output.tmp"
        if trainer.is_world_process_zero():
            shutil.rmtree(draft, ignore_errors=True)
        trainer.save_model(str(draft))
        if not trainer.is_world_process_zero():
            return
        trainer.processing_class.save_pretrained(str(draft))
        (draft / "training_args.bin").unlink(missing_ok=True)
        (draft / "README.md").unlink(missing_ok=True)
        if self.recipe.get("lora") is not None:
            self.make_portable(draft)
            if self.recipe.get("merge"):
                self.merge(trainer, draft / "merged")
        force_folder(draft)
        shutil.rmtree(self.job.output, ignore_errors=True)
        os.replace(draft, self.job.output)
        self.job.succeed(self.job.request["tuned_model"], reporter.tokens())

    def make_portable(self, draft):
        """Sets the base model in the adapter's configuration to the one in the request."""
        file = draft / "adapter_config.json"
        adapter = json.loads(file.read_text(encoding="utf-8"))
        adapter["base_model_name_or_path"] = self.recipe["model"]
        adapter["revision"] = self.recipe.get("revision")
        if isinstance(adapter.get("target_modules"), list):
            adapter["target_modules"].sort()
        file.write_text(json.dumps(adapter, indent=2) + "\n", encoding="utf-8")

    def merge(self, trainer, target):
        merged = trainer.accelerator.unwrap_model(trainer.model).merge_and_unload()
        merged.save_pretrained(str(target))
        trainer.processing_class.save_pretrained(str(target))


class Reporter(TrainerCallback):
    """Reports progress to the job folder, and commands to the trainer."""

    def __init__(self, training):
        self.training = training
        self.job = training.job
        self.trainer = None
        self.followed = None
        self.last = {}
        self.earlier_tokens = 0
        self.mark = (time.monotonic(), 0)

    def tokens(self):
        return self.earlier_tokens + getattr(self.trainer, "_total_train_tokens", 0)

    def on_train_begin(self, args, state, control, **kwargs):
        # TRL counts tokens from zero in each attempt; those of earlier attempts are in the checkpoint.
        checkpoint = self.job.newest_checkpoint()
        if checkpoint is not None and (checkpoint / PROGRESS).exists():
            self.earlier_tokens = json.loads((checkpoint / PROGRESS).read_text(encoding="utf-8"))["trained_tokens"]
        self.mark = (time.monotonic(), self.tokens())

    def on_log(self, args, state, control, logs=None, **kwargs):
        if self.training.silent or not logs:
            return
        if "eval_loss" in logs:
            self.job.metrics(state.global_step, {"validation_loss": logs["eval_loss"], "epoch": state.epoch})
        elif "loss" in logs:
            self.last = self.figures(state, logs)
            self.job.metrics(state.global_step, self.last)

    def figures(self, state, logs):
        moment, tokens = time.monotonic(), self.tokens()
        rate = (tokens - self.mark[1]) / max(1e-9, moment - self.mark[0])
        self.mark = (moment, tokens)
        own = {"loss", "learning_rate", "epoch", "num_tokens"}
        return {
            "epoch": state.epoch,
            "loss": logs["loss"],
            "learning_rate": logs.get("learning_rate"),
            "trained_tokens": tokens,
            "tokens_per_second": rate,
            "total_steps": state.max_steps,
            **{name: value for name, value in logs.items() if name not in own},
        }

    def on_step_end(self, args, state, control, **kwargs):
        command = self.job.command()
        if command is not None and state.global_step < state.max_steps:
            self.followed = command
            control.should_training_stop = True
            control.should_save = command == "pause"
        return control

    def on_save(self, args, state, control, **kwargs):
        """Publishes a checkpoint under its name only once it is complete and on the disk."""
        name = f"checkpoint-{state.global_step}"
        draft, whole = self.training.hidden / name, self.job.checkpoints / name
        if not self.training.silent and draft.is_dir():
            (draft / PROGRESS).write_text(json.dumps({"trained_tokens": self.tokens()}), encoding="utf-8")
            self.point_to(draft / "trainer_state.json", draft, whole)
            if state.best_model_checkpoint == str(draft):
                state.best_model_checkpoint = str(whole)
            force_folder(draft)
            shutil.rmtree(whole, ignore_errors=True)
            os.replace(draft, whole)
            self.job.checkpoint(name, state.global_step, self.last)
            self.drop_old(state)

    @staticmethod
    def point_to(file, draft, whole):
        content = json.loads(file.read_text(encoding="utf-8"))
        if content.get("best_model_checkpoint") == str(draft):
            content["best_model_checkpoint"] = str(whole)
        file.write_text(json.dumps(content), encoding="utf-8")

    def drop_old(self, state):
        whole = [path for path in self.job.checkpoints.iterdir() if path.name.startswith("checkpoint-")]
        whole.sort(key=lambda path: (len(path.name), path.name))
        for path in whole[:-KEPT_CHECKPOINTS]:
            if str(path) != state.best_model_checkpoint:
                # A partially deleted folder must not be mistaken for a checkpoint.
                doomed = path.with_name(f".{path.name}.tmp")
                os.replace(path, doomed)
                shutil.rmtree(doomed, ignore_errors=True)
