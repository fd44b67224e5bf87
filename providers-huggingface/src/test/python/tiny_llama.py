"""Writes a random Llama of 0.8 million parameters with the tokenizer of another model: tiny_llama.py FOLDER TOKENIZER"""

import sys
from pathlib import Path

import torch
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

folder = Path(sys.argv[1])
if not folder.exists():
    torch.manual_seed(7)
    tokenizer = AutoTokenizer.from_pretrained(sys.argv[2])
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=128,
        tie_word_embeddings=True,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
