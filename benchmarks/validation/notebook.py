"""Checks a chat file by the rules of OpenAI's data-preparation notebook: notebook.py FILE

Own code. The rules (which errors and warnings, how tokens are counted) are those of
Chat_finetuning_data_prep.ipynb in the OpenAI cookbook; what the notebook refuses only because it is
older than tool calls does not occur in the generated file. Prints counts and, last, the seconds.
tiktoken reads its ranks from TIKTOKEN_CACHE_DIR, which run.sh fills.
"""

import json
import sys
import time
from collections import defaultdict

import tiktoken

KEYS = {"role", "content", "name", "function_call", "weight"}
ROLES = {"system", "user", "assistant", "function"}
CONTEXT = 16385


def format_errors(dataset):
    errors = defaultdict(int)
    for example in dataset:
        if not isinstance(example, dict):
            errors["data_type"] += 1
            continue
        messages = example.get("messages")
        if not messages:
            errors["missing_messages_list"] += 1
            continue
        for message in messages:
            if "role" not in message or "content" not in message:
                errors["message_missing_key"] += 1
            if any(key not in KEYS for key in message):
                errors["message_unrecognized_key"] += 1
            if message.get("role") not in ROLES:
                errors["unrecognized_role"] += 1
            content = message.get("content")
            if (not content and not message.get("function_call")) or not isinstance(content, str):
                errors["missing_content"] += 1
        if not any(message.get("role") == "assistant" for message in messages):
            errors["example_missing_assistant_message"] += 1
    return errors


def example_tokens(encoding, messages):
    tokens = 3
    for message in messages:
        tokens += 3
        for key, value in message.items():
            tokens += len(encoding.encode(value))
            if key == "name":
                tokens += 1
    return tokens


def assistant_tokens(encoding, messages):
    return sum(len(encoding.encode(m["content"])) for m in messages if m["role"] == "assistant")


def main():
    encoding = tiktoken.get_encoding("cl100k_base")
    encoding.encode("warm")
    start, cpu = time.perf_counter(), time.process_time()
    with open(sys.argv[1], "r", encoding="utf-8") as file:
        dataset = [json.loads(line) for line in file]
    errors = format_errors(dataset)
    missing_system = missing_user = too_long = total = answers = 0
    for example in dataset:
        messages = example["messages"]
        missing_system += not any(m["role"] == "system" for m in messages)
        missing_user += not any(m["role"] == "user" for m in messages)
        tokens = example_tokens(encoding, messages)
        answers += assistant_tokens(encoding, messages)
        total += tokens
        too_long += tokens > CONTEXT
    seconds = time.perf_counter() - start
    print(f"examples {len(dataset)}, errors {dict(errors)}, without system {missing_system}, without user {missing_user}")
    print(f"tokens {total}, of answers {answers}, examples over the context {too_long}")
    print(f"seconds {seconds:.3f} of CPU {time.process_time() - cpu:.1f}")


main()
