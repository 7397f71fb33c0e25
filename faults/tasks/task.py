import json
import os
import signal
import subprocess
import time

folder = os.environ["POOLBOARD_FAULTS_DIR"]
with open(f"{folder}/plan.json") as file:
    plan = json.load(file)


def hang():
    while True:
        try:
            time.sleep(1000)
        except KeyboardInterrupt:
            pass


def start_child():
    subprocess.Popen(
        ["sh", "-c", "sleep 1000 & wait"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def task(given, ctx):
    i = given if isinstance(given, int) else given["i"]
    with open(f"{folder}/tries/{i}", "a") as tries:
        tries.write("x")
    is_first = os.path.getsize(f"{folder}/tries/{i}") == 1
    value = {"i": i, "square": i * i}
    behaviour = plan[i]
    if behaviour == "slow":
        ctx.progress(0.5, "half")
        time.sleep((5 + i % 30) / 1000)
    elif behaviour == "throws":
        raise ValueError(f"no {i}", i)
    elif behaviour == "throws-first":
        if is_first:
            raise ValueError("not yet")
    elif behaviour == "unstorable":
        return lambda: value
    elif behaviour == "big":
        return {**value, "text": "x" * 200_000}
    elif behaviour == "prints":
        for line in range(2000):
            print(str(line).ljust(1000, "."))
    elif behaviour == "exit":
        os._exit(3)
    elif behaviour == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif behaviour == "kill-first":
        if is_first:
            os.kill(os.getpid(), signal.SIGKILL)
    elif behaviour == "segv":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif behaviour == "grandchild":
        start_child()
    elif behaviour == "hang":
        hang()
    elif behaviour == "hang-first":
        if is_first:
            hang()
    elif behaviour == "wait":
        time.sleep(1000)
    elif behaviour == "freeze":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif behaviour == "family":
        start_child()
        hang()
    return value
