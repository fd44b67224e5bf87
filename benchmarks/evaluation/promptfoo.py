"""Writes a configuration that makes promptfoo ask the same questions: promptfoo.py ADDRESS_FILE SAMPLES OUTPUT_FILE"""

import json
import sys
from pathlib import Path

url, key = Path(sys.argv[1]).read_text().split()
configuration = {
    "prompts": ["{{question}}"],
    "providers": [{"id": "openai:chat:gpt-4.1-mini-2025-04-14", "config": {"apiBaseUrl": url, "apiKey": key}}],
    "tests": [
        {"vars": {"question": f"question {i}"}, "assert": [{"type": "equals", "value": f"The answer to question {i}"}]}
        for i in range(int(sys.argv[2]))
    ],
}
Path(sys.argv[3]).write_text(json.dumps(configuration))
