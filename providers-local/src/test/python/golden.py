"""The reference's answers, for tests of parity.

golden.py make FOLDER                     tiny random checkpoints, and golden.json beside each
golden.py logits MODEL TOKENS OUT [ADAPTER]   logits of a checkpoint, with a PEFT adapter or without
"""

import json
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from peft import LoraConfig, PeftModel, get_peft_model
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
from transformers import (AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast,
                          Qwen2Config, Qwen2ForCausalLM)

BETA = 0.1
LEARNING_RATE = 0.01
ALL_LINEAR = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
CHATML = ("{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
          "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}")


def tokenizer():
    letters = [chr(c) for c in range(ord("!"), ord("~") + 1)] + ["Ġ", "Ċ"]
    vocabulary = {letter: i for i, letter in enumerate(letters)}
    for joined in ("th", "the", "Ġthe"):
        vocabulary[joined] = len(vocabulary)
    model = models.BPE(vocab=vocabulary, merges=[("t", "h"), ("th", "e"), ("Ġ", "the")])
    fast = Tokenizer(model)
    fast.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    fast.decoder = decoders.ByteLevel()
    fast.add_special_tokens([AddedToken(t, special=True) for t in ("<|im_start|>", "<|im_end|>", "<|endoftext|>")])
    wrapped = PreTrainedTokenizerFast(tokenizer_object=fast, eos_token="<|im_end|>", pad_token="<|endoftext|>")
    wrapped.chat_template = CHATML
    return wrapped


def variants():
    shape = dict(vocab_size=104, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
                 max_position_embeddings=128, rms_norm_eps=1e-5)
    rope = lambda theta: {"rope_type": "default", "rope_theta": theta}
    yield "tied", LlamaForCausalLM, LlamaConfig(
        **shape, num_key_value_heads=2, tie_word_embeddings=True, rope_parameters=rope(10000.0)), {}
    yield "biased", LlamaForCausalLM, LlamaConfig(
        **shape, num_key_value_heads=4, tie_word_embeddings=False, attention_bias=True, mlp_bias=True,
        rope_parameters=rope(500000.0)), {}
    yield "stretched", LlamaForCausalLM, LlamaConfig(
        **shape, num_key_value_heads=1, tie_word_embeddings=False, head_dim=8,
        rope_parameters={"rope_type": "llama3", "rope_theta": 10000.0, "factor": 8.0, "low_freq_factor": 1.0,
                         "high_freq_factor": 4.0, "original_max_position_embeddings": 32}), {}
    yield "qwen2", Qwen2ForCausalLM, Qwen2Config(
        **shape, num_key_value_heads=2, tie_word_embeddings=True, rope_parameters=rope(1000000.0)), {}
    yield "sharded", LlamaForCausalLM, LlamaConfig(
        **shape, num_key_value_heads=2, tie_word_embeddings=False, rope_parameters=rope(10000.0)), dict(
        max_shard_size="8KB", dtype=torch.bfloat16)


def batch(generator, vocabulary):
    """Three sequences of different lengths, and which of their tokens are learnt."""
    sequences, trained = [], []
    for length, prompt in ((40, 10), (23, 5), (31, 30)):
        sequences.append(torch.randint(0, vocabulary, (length,), generator=generator).tolist())
        trained.append([i >= prompt for i in range(length)])
    return sequences, trained


def logits(model, sequence):
    return model(input_ids=torch.tensor([sequence])).logits[0]


def losses(model, sequence, trained):
    """The negative log-likelihood of each trained token."""
    each = F.cross_entropy(logits(model, sequence)[:-1], torch.tensor(sequence[1:]), reduction="none")
    return each[torch.tensor(trained[1:])]


def mean_loss(model, sequences, trained):
    each = torch.cat([losses(model, s, t) for s, t in zip(sequences, trained)])
    return each.mean()


def step(model, sequences, trained, decayed):
    """One optimiser step as our trainer takes it; returns loss and gradient norm before clipping."""
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [{"params": [p for _, p in named if p.dim() > 1], "weight_decay": decayed},
              {"params": [p for _, p in named if p.dim() <= 1], "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW([g for g in groups if g["params"]], lr=LEARNING_RATE)
    loss = mean_loss(model, sequences, trained)
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_([p for _, p in named], 1.0)
    optimizer.step()
    return loss.item(), norm.item()


def preference(model, pair, trained):
    """The loss of direct preference optimisation, the reference being the model without its adapter."""
    def margin():
        with torch.no_grad():
            return (-losses(model, pair[0], trained[0]).sum() + losses(model, pair[1], trained[1]).sum()).item()
    policy = margin()
    with model.disable_adapter():
        reference = margin()
    return -F.logsigmoid(torch.tensor(BETA * (policy - reference))).item()


def make(folder):
    for index, (name, kind, config, saving) in enumerate(variants()):
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(index)
        model = kind(config)
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.add_(torch.randn_like(parameter) * 0.3)
        save(model, target, dict(saving))
        tokenizer().save_pretrained(target)
        (target / "golden.json").write_text(json.dumps(golden(target, index)))


def save(model, target, saving):
    model.to(saving.pop("dtype", torch.float32)).save_pretrained(target, **saving)


def load(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager")


def golden(target, seed):
    model = load(target)
    sequences, trained = batch(torch.Generator().manual_seed(100 + seed), model.config.vocab_size)
    pair = [sequences[0][:20] + sequences[1][:10], sequences[0][:20] + sequences[2][:15]]
    pair_trained = [[i >= 20 for i in range(len(s))] for s in pair]
    result = {"sequences": sequences, "trained": trained, "pair": pair}
    with torch.no_grad():
        result["logits"] = logits(model, sequences[0])[::13].tolist()
        result["loss"] = mean_loss(model, sequences, trained).item()
    messages = [{"role": "system", "content": "Be the best."}, {"role": "user", "content": "the other?"},
                {"role": "assistant", "content": "No, the\nsame."}]
    result["chat"] = tokenizer().apply_chat_template(messages, return_dict=False)
    adapted = get_peft_model(model, LoraConfig(r=4, lora_alpha=8, target_modules=ALL_LINEAR, task_type="CAUSAL_LM"))
    torch.manual_seed(1000 + seed)
    with torch.no_grad():
        for name, parameter in adapted.named_parameters():
            if "lora_" in name:
                parameter.copy_(torch.randn_like(parameter) * 0.2)
    adapted.peft_config["default"].base_model_name_or_path = "tiny-random-" + target.name
    adapted.save_pretrained(target / "adapter")
    with torch.no_grad():
        result["adaptedLogits"] = logits(adapted, sequences[0])[::13].tolist()
    result["preferenceLoss"] = preference(adapted, pair, pair_trained)
    result["adapterLoss"], result["adapterNorm"] = step(adapted, sequences, trained, 0.0)
    adapted.save_pretrained(target / "adapter-after")
    full = load(target)
    result["fullLoss"], result["fullNorm"] = step(full, sequences, trained, 0.05)
    full.save_pretrained(target / "full-after")
    return result


def main(arguments):
    torch.set_num_threads(1)
    if arguments[0] == "make":
        make(Path(arguments[1]))
        return
    model = load(arguments[1])
    if len(arguments) > 4:
        model = PeftModel.from_pretrained(model, arguments[4])
    tokens = json.loads(Path(arguments[2]).read_text())["tokens"]
    with torch.no_grad():
        Path(arguments[3]).write_text(json.dumps({"logits": logits(model, tokens).tolist()}))


if __name__ == "__main__":
    main(sys.argv[1:])
