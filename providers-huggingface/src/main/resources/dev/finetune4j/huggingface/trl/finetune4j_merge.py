"""Merges a base and its adapter into a checkpoint, unless it exists: finetune4j_merge.py BASE ADAPTER TARGET"""

import os
import shutil
import sys
from pathlib import Path


def main(base, adapter, target):
    if target.is_dir():
        return
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype="auto"), str(adapter))
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    shutil.rmtree(draft, ignore_errors=True)
    model.merge_and_unload().save_pretrained(draft)
    AutoTokenizer.from_pretrained(adapter).save_pretrained(draft)
    try:
        os.replace(draft, target)
    except OSError:
        # Another process was first, with the same result.
        shutil.rmtree(draft)
        if not target.is_dir():
            raise


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
