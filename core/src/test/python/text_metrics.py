"""Writes what the reference programs say of pairs of texts, one JSON object a line.

METEOR's synonym stage is given an empty WordNet, since the library ships none. ROUGE gets characters as words for
texts without Latin letters, in which rouge-score's own tokenizer finds no word.

Usage: text_metrics.py FILE   (needs sacrebleu, rouge-score, nltk, rapidfuzz; see requirements.txt)
"""

import json
import random
import re
import sys

import sacrebleu
from nltk.translate.gleu_score import sentence_gleu
from nltk.translate.meteor_score import single_meteor_score
from rapidfuzz import fuzz
from rouge_score import rouge_scorer, tokenizers

WRITTEN = [
    ("the cat sat on the mat", "the cat sat on the mat"),
    ("the cat sat on a mat", "the cat is sitting on the mat"),
    ("nothing in common", "quite another thing"),
    ("", "an empty answer"),
    ("an empty reference", ""),
    ("Preheat the oven to 180.5 degrees, then bake for 1,000 seconds.",
     "Preheat your oven to 180 degrees; bake for 20 minutes."),
    ("It's 3-4 eggs (large), \"free-range\"", "It's 3 - 4 large eggs, free-range!"),
    ("Crème brûlée für zwei", "Crème brulée for two"),
    ("a b c d e f g", "g f e d c b a"),
    ("one", "one"),
    ("one two", "one two three four five six"),
    ("one two three four five six", "one two"),
    ("SELECT name FROM user WHERE id = 7", "SELECT name FROM users WHERE id=7"),
    ("Tom &amp; Jerry &lt;3", "Tom & Jerry <3"),
    ("broken-\nline and\nanother", "brokenline and another"),
    ("the the the the the", "the cat"),
    ("日本語のテキスト", "日本語テキスト"),
    ("The agency agrees: flying dogs were happily running home",
     "the agencies agreed that a dog that flies is happy when it runs home"),
    ("Relational databases are sensibly organized", "A relation database is a sensible organization"),
    ("He DIED lying; skies cleared", "he dies and lies as the sky clears"),
    ("a b a b a c", "a c a b b a"),
    ("generalizations oscillate hopefully", "the general hopes for an oscillation"),
]


class EmptyWordNet:
    def synsets(self, word):
        return []


class Characters(tokenizers.Tokenizer):
    def tokenize(self, text):
        return [character for character in text if not character.isspace()]


VOCABULARY = "flour sugar eggs milk, butter. salt 2 3.5 cups of the and stir-fry Bake! (warm)".split()


def pairs():
    yield from WRITTEN
    draw = random.Random(7)
    for _ in range(60):
        reference = [draw.choice(VOCABULARY) for _ in range(draw.randint(1, 14))]
        answer = [word for word in reference if draw.random() > 0.2]
        for _ in range(draw.randint(0, 4)):
            answer.insert(draw.randint(0, len(answer)), draw.choice(VOCABULARY))
        yield " ".join(answer), " ".join(reference)


def main(path):
    types = ["rouge1", "rouge2", "rouge3", "rouge4", "rouge5", "rougeL"]
    words = rouge_scorer.RougeScorer(types)
    characters = rouge_scorer.RougeScorer(types, tokenizer=Characters())
    with open(path, "w", encoding="utf-8") as file:
        for answer, reference in pairs():
            scores = {
                "bleu": sacrebleu.sentence_bleu(answer, [reference]).score / 100,
                "gleu": sentence_gleu([reference.split()], answer.split()),
                "meteor": single_meteor_score(
                    reference.split(), answer.split(), wordnet=EmptyWordNet()),
                "fuzzy_match": fuzz.ratio(answer, reference) / 100,
            }
            rouge = words if re.search("[A-Za-z0-9]", reference + answer) else characters
            for name, value in rouge.score(reference, answer).items():
                scores[name.replace("rouge", "rouge_").replace("_L", "_l")] = value.fmeasure
            line = {"answer": answer, "reference": reference, "scores": scores}
            file.write(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
