"""Checks the runner's choices for a CPU, an old GPU and a new one, and what it refuses: precision_check.py FOLDER_OF_THE_RUNNER"""

import sys
from types import SimpleNamespace

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import torch
from finetune4j_training import Training
from finetune4j_trl import Refused

ROWS = SimpleNamespace(has_validation=lambda: False)


def chosen(cuda, bf16, lora):
    torch.cuda.is_available = lambda: cuda
    torch.cuda.is_bf16_supported = lambda: bf16
    training = Training.__new__(Training)
    training.recipe = {"lora": {"r": 8} if lora else None}
    found = training.defaults(ROWS)
    return found["bf16"], found["fp16"], found["gradient_checkpointing"], training.precision()["dtype"]


assert chosen(False, True, True) == (False, False, False, torch.float32)
assert chosen(True, True, True) == (True, False, True, torch.bfloat16)
assert chosen(True, False, True) == (False, True, True, torch.float16)
assert chosen(True, True, False) == (True, False, True, torch.float32)
training = Training.__new__(Training)
training.recipe = {"quantization": {"load_in_4bit": True, "bnb_4bit_use_double_quant": True}}
wanted = training.quantization()
assert (wanted.load_in_4bit, wanted.bnb_4bit_quant_type, wanted.bnb_4bit_use_double_quant) == (True, "nf4", True)
assert wanted.bnb_4bit_compute_dtype == torch.bfloat16
training.kind, training.hidden = "sft", "nowhere"
training.recipe = {"arguments": {"max_lenght": 8}, "lora": None}
try:
    training.configuration(ROWS)
    raise AssertionError("a setting that the installed version does not have was taken")
except Refused as refused:
    assert str(refused).endswith("has no setting 'max_lenght'. The nearest is 'max_length'."), refused
