"""Checks that an adapter loads in PEFT, changes the base, and equals the merged checkpoint: adapter_check.py BASE ADAPTER MERGED"""

import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, AutoTokenizer

base, adapter, merged = sys.argv[1:]
tokens = torch.tensor([AutoTokenizer.from_pretrained(adapter)("7 + 8 = 15. The capital of France is Paris.")["input_ids"]])


def logits(model):
    with torch.no_grad():
        return model.eval()(tokens).logits


plain = logits(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32))
tuned = logits(PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), adapter))
whole = logits(AutoModelForCausalLM.from_pretrained(merged, dtype=torch.float32))
print("adapter against base", (tuned - plain).abs().max().item(), "against merged", (tuned - whole).abs().max().item())
assert (tuned - plain).abs().max() > 0.1
assert (tuned - whole).abs().max() < 1e-3
