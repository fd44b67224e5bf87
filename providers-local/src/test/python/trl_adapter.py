"""Trains an adapter with TRL by the runner of the module for Hugging Face: trl_adapter.py BASE FOLDER

The adapter is in FOLDER/output afterwards.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[4] / "providers-huggingface/src/main/resources/dev/finetune4j/huggingface/trl"

base, folder = sys.argv[1], Path(sys.argv[2])
folder.mkdir()
shutil.copytree(RUNNER, folder / "runner", ignore=shutil.ignore_patterns("__pycache__"))
rows = [{"prompt": [{"role": "user", "content": f"{n} + {n} = ?"}], "completion": [{"role": "assistant", "content": str(2 * n)}]} for n in range(8)]
(folder / "training.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
arguments = {"per_device_train_batch_size": 2, "max_steps": 4, "learning_rate": 1e-3, "max_length": 64, "save_strategy": "no"}
recipe = {"trainer": "sft", "model": base, "threads": 1, "lora": {"r": 4, "lora_alpha": 8, "target_modules": "all-linear"}, "arguments": arguments}
(folder / "request.json").write_text(json.dumps({"base_model": base, "tuned_model": "tuned", "trl": recipe}))
subprocess.run([sys.executable, str(folder / "runner/finetune4j_trl.py"), str(folder)], input="start\n", text=True, check=True)
