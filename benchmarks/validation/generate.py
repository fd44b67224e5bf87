"""Writes chat examples of made-up support mail until the file has the given size: generate.py FILE MEGABYTES [SEED]"""

import json
import random
import sys

SYLLABLES = "ba co du fe gi lo ma ne pu ri sa te vo wi xu ka mo na li ser tan ver mon pel dor gra sti".split()
COMMON = (
    "the of and to in a is that for it was on are as with they be at one have this from or had by but "
    "not what all were we when your can said there use an each which she do how their if will up other "
    "about out many then them these so some her would make like him into time has look two more write "
    "go see number no way could people my than first water been call who oil its now find long down day"
).split()


def main():
    path, megabytes = sys.argv[1], float(sys.argv[2])
    random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    rare = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(20000)]
    # Sentences come from a pool: examples differ, and a gigabyte is written in a minute.
    pool = [sentence(rare) for _ in range(60000)]
    wanted = int(megabytes * 1e6)
    written = 0
    with open(path, "w", encoding="utf-8") as out:
        while written < wanted:
            line = json.dumps({"messages": conversation(pool)}, ensure_ascii=False) + "\n"
            out.write(line)
            written += len(line.encode("utf-8"))


def conversation(pool):
    messages = [{"role": "system", "content": "You answer customers of a mail-order house, briefly and kindly."}]
    for _ in range(random.randint(1, 3)):
        messages.append({"role": "user", "content": text(pool, random.randint(2, 8))})
        messages.append({"role": "assistant", "content": text(pool, random.randint(1, 5))})
    return messages


def text(pool, sentences):
    return " ".join(random.choices(pool, k=sentences)) + ("\n\nThank you – Zoë" if random.random() < 0.2 else "")


def sentence(rare):
    words = []
    for _ in range(random.randint(6, 16)):
        draw = random.random()
        words.append(random.choice(COMMON) if draw < 0.7 else random.choice(rare) if draw < 0.97 else str(random.randint(1, 99999)))
    return " ".join(words).capitalize() + random.choice([".", ".", ".", "?", "!"])


main()
