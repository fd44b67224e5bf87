"""Graders that compare texts, as reward functions. Needs nothing but Python."""

import re

TEMPLATE = re.compile(r"\{\{\s*(sample\.output_text|item\.(\w+))\s*\}\}")


def reward(spec):
    """Returns a function that TRL's GRPO calls: completions and the columns of the rows in, scores out."""

    def score(completions, reference=None, **columns):
        answers = [text_of(completion) for completion in completions]
        return [grade(spec, answer, item) for answer, item in zip(answers, reference or [{}] * len(answers))]

    score.__name__ = re.sub(r"\W", "_", spec.get("name", "grader"))
    return score


def grade(spec, answer, item):
    if spec["type"] != "string_check":
        raise ValueError(f"A grader of the type {spec['type']} cannot be run as a reward here.")
    left, right = (fill(spec[name], answer, item) for name in ("input", "reference"))
    operation = spec["operation"]
    if operation == "eq":
        return float(left == right)
    if operation == "ne":
        return float(left != right)
    if operation == "like":
        return float(right in left)
    if operation == "ilike":
        return float(right.lower() in left.lower())
    raise ValueError(f"The operation {operation} is not known.")


def fill(template, answer, item):
    return TEMPLATE.sub(lambda found: answer if found[2] is None else str(item.get(found[2]) or ""), template)


def text_of(completion):
    return completion if isinstance(completion, str) else "".join(message["content"] or "" for message in completion)
