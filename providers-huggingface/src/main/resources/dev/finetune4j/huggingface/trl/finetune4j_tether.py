"""Runs a command and kills it when this process's input ends, so that a server never outlives its application.

finetune4j_tether.py COMMAND ARGUMENTS...
"""

import os
import signal
import subprocess
import sys
import threading


def main():
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)

    def end_with_input():
        while sys.stdin.buffer.read(1024):
            pass
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    threading.Thread(target=end_with_input, daemon=True).start()
    code = child.wait()
    os._exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main()
