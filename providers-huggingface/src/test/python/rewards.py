"""Prints the scores of reward functions: rewards.py FOLDER_OF_THE_RUNNER SPEC ANSWERS REFERENCE, the last three as JSON"""

import json
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from finetune4j_rewards import reward

spec, answers, reference = (json.loads(text) for text in sys.argv[2:])
completions = [[{"role": "assistant", "content": answer}] for answer in answers]
print(json.dumps(reward(spec)(completions, [reference] * len(answers))))
