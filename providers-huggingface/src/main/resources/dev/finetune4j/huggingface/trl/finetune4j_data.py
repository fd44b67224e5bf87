"""Rows of a job folder as TRL expects them, with the loss on the trained messages only."""

import json

from datasets import Dataset
from finetune4j_trl import Refused

IGNORED = -100


class Rows:
    def __init__(self, directory, kind, tokenizer):
        self.directory = directory
        self.kind = kind
        self.tokenizer = tokenizer

    def training(self):
        return self.dataset(self.read("training.jsonl"))

    def has_validation(self):
        return (self.directory / "validation.jsonl").exists()

    def validation(self):
        return self.dataset(self.read("validation.jsonl")) if self.has_validation() else None

    def read(self, name):
        with open(self.directory / name, encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.strip()]

    def dataset(self, rows):
        if self.kind == "sft" and any("messages" in row for row in rows):
            return Dataset.from_list([self.labelled(row) for row in rows])
        made = Dataset.from_list(rows)
        for index in (0, len(rows) - 1):
            if self.without_nulls(made[index]) != self.without_nulls(rows[index]):
                raise Refused(f"Row {index + 1} cannot be stored in a table: its members differ from those of other rows. Give all rows the same members.")
        return made

    def labelled(self, row):
        """Tokens of a whole conversation; only trained assistant messages have labels."""
        messages, tools = row["messages"], row.get("tools")
        whole = self.encode(messages, tools, False)
        self.require_tools(messages, tools)
        labels = [IGNORED] * len(whole)
        for index in row["trained"]:
            asked = self.encode(messages[:index], tools, True)
            answered = self.encode(messages[: index + 1], tools, False)
            start, end = common_length(asked, whole), common_length(answered, whole)
            if start < len(asked) or end < len(answered):
                raise Refused(
                    "The chat template changes earlier messages when the conversation continues, so several"
                    " trained messages cannot be in one row. Mark only the last one as trained."
                )
            labels[start:end] = whole[start:end]
        return {"input_ids": whole, "labels": labels}

    def require_tools(self, messages, tools):
        """Some chat templates silently omit tools and calls; such rows would train empty answers."""
        named = {call["function"]["name"] for message in messages for call in message.get("tool_calls", [])}
        named |= {tool["function"]["name"] for tool in tools or []}
        text = self.tokenizer.apply_chat_template(messages, tools=tools, tokenize=False)
        missing = sorted(name for name in named if name not in text)
        if missing:
            raise Refused(f"The chat template of this base model omits the tools {missing}. Use a base model trained with tools, or set a template with the option chat_template.")

    def encode(self, messages, tools, asks):
        return self.tokenizer.apply_chat_template(messages, tools=tools, add_generation_prompt=asks, tokenize=True, return_dict=False)

    def without_nulls(self, value):
        if isinstance(value, dict):
            return {name: self.without_nulls(member) for name, member in value.items() if member is not None}
        return [self.without_nulls(item) for item in value] if isinstance(value, list) else value


def common_length(left, right):
    length = 0
    for one, other in zip(left, right):
        if one != other:
            break
        length += 1
    return length
