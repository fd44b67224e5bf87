"""Graders as reward functions: text comparisons, the caller's code, and formulas of several graders. Uses only the standard library."""

import ast
import json
import math
import re

PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
FUNCTIONS = {"min": min, "max": max, "abs": abs, "floor": math.floor, "ceil": math.ceil, "exp": math.exp, "sqrt": math.sqrt, "log": math.log}
ALLOWED = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Load, ast.Constant, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub)


class NotJson(Exception):
    """The answer is not the JSON that a placeholder requires, so its score is 0."""


def reward(spec):
    """Returns a function that TRL's GRPO calls: completions and the columns of the rows in, scores out."""
    grade = grader(spec)

    def score(completions, reference=None, **columns):
        answers = [text_of(completion) for completion in completions]
        return [grade(answer, item or {}) for answer, item in zip(answers, reference or [{}] * len(answers))]

    score.__name__ = re.sub(r"\W", "_", spec.get("name", "grader"))
    return score


def grader(spec):
    """Returns a function of an answer and the references of its example."""
    kinds = {"string_check": string_check, "python": python, "multi": multi}
    if spec["type"] not in kinds:
        raise ValueError(f"A grader of type {spec['type']} cannot be used as a reward.")
    return kinds[spec["type"]](spec)


def string_check(spec):
    operations = {
        "eq": lambda left, right: left == right,
        "ne": lambda left, right: left != right,
        "like": lambda left, right: right in left,
        "ilike": lambda left, right: right.lower() in left.lower(),
    }
    holds = operations[spec["operation"]]

    def grade(answer, item):
        try:
            return float(holds(fill(spec["input"], answer, item), fill(spec["reference"], answer, item)))
        except NotJson:
            return 0.0

    return grade


def python(spec):
    """The caller's function, run in this process with its rights."""
    names = {"__name__": "grader"}
    exec(compile(spec["source"], f"<the grader {spec['name']}>", "exec"), names)
    if not callable(names.get("grade")):
        raise ValueError(f"The code of the grader {spec['name']!r} has no function grade(sample, item).")

    def grade(answer, item):
        sample = {"output_text": answer}
        try:
            sample["output_json"] = json.loads(answer)
        except ValueError:
            sample["output_json"] = None
        return float(names["grade"](sample, item))

    return grade


def multi(spec):
    parts = {name: grader(part) for name, part in spec["graders"].items()}
    tree = ast.parse(spec["calculate_output"].replace("^", "**"), mode="eval")
    for node in ast.walk(tree):
        if not isinstance(node, ALLOWED) or (isinstance(node, ast.Name) and node.id not in parts and node.id not in FUNCTIONS):
            raise ValueError(f"The formula {spec['calculate_output']!r} is not supported.")
    code = compile(tree, "<the formula>", "eval")
    return lambda answer, item: float(eval(code, {"__builtins__": {}, **FUNCTIONS, **{name: part(answer, item) for name, part in parts.items()}}))


def fill(template, answer, item):
    return PLACE.sub(lambda place: shown(value(place[1], answer, item)), template)


def value(path, answer, item):
    if path == "sample.output_text":
        return answer
    whole, *members = path.split(".")
    if whole == "sample" and members[:1] == ["output_json"]:
        return inside(parsed(answer), members[1:])
    if whole == "item" and members and members[0] in item:
        found = item[members[0]]
        return inside(parsed(found), members[1:]) if members[1:] else found
    raise ValueError(f"Unknown placeholder {{{{{path}}}}} in a grader; available are sample.output_text, sample.output_json and, in item, {sorted(item)}.")


def parsed(text):
    try:
        return json.loads(text)
    except ValueError as problem:
        raise NotJson(str(problem)) from problem


def inside(tree, members):
    for member in members:
        if not isinstance(tree, dict) or member not in tree:
            raise NotJson(f"there is no {member}")
        tree = tree[member]
    return tree


def shown(found):
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def text_of(completion):
    return completion if isinstance(completion, str) else "".join(message["content"] or "" for message in completion)
