"""Drives a server that speaks Azure OpenAI's API with the official openai package, by both faces.

Reads AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, and the name of a deployment that answers in
AZURE_DEPLOYMENT. A job must take seconds there. Ends with a failed assertion at the first thing that
is not as documented, else prints how many checks held.
"""

import json
import os
import time

import openai

checks = 0


def check(holds, what):
    global checks
    assert holds, what
    checks += 1


def jsonl(count):
    lines = (
        {
            "messages": [
                {"role": "user", "content": f"Where is order {i}?"},
                {"role": "assistant", "content": f"Order {i} is on its way."},
            ]
        }
        for i in range(count)
    )
    return "\n".join(json.dumps(line) for line in lines).encode()


def wait(fetch, finished, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = fetch()
        if found.status in finished:
            return found
        time.sleep(0.1)
    raise AssertionError(f"still {found.status} after {seconds} s")


def train(client, face):
    file = client.files.create(file=("train.jsonl", jsonl(12)), purpose="fine-tune")
    check(file.status == "pending", file)
    file = client.files.wait_for_processing(file.id, poll_interval=0.1)
    check(file.status == "processed", file)
    try:
        client.fine_tuning.jobs.create(
            model="gpt-4.1-mini-2025-04-14", training_file=file.id
        )
        raise AssertionError("a job without a trainingType was made")
    except openai.BadRequestError as refused:
        check("does not support fine-tuning" in str(refused), refused)
    job = client.fine_tuning.jobs.create(
        model="gpt-4.1-mini-2025-04-14",
        training_file=file.id,
        suffix=face,
        extra_body={"trainingType": "globalStandard"},
    )
    check(job.status == "pending", job)
    job = wait(lambda: client.fine_tuning.jobs.retrieve(job.id), ("succeeded", "failed"))
    check(job.status == "succeeded", job)
    check(".ft-" in job.fine_tuned_model and job.fine_tuned_model.endswith("-" + face), job)
    check(job.id in [listed.id for listed in client.fine_tuning.jobs.list()], "listed")
    events = list(client.fine_tuning.jobs.list_events(job.id, limit=5))
    check(len({event.id for event in events}) == len(events) > 12, events)
    check(len(list(client.fine_tuning.jobs.checkpoints.list(job.id))) == 3, "checkpoints")
    table = client.files.content(job.result_files[0]).read().decode()
    check(table.startswith("step,train_loss"), table[:80])
    check(client.files.delete(file.id).deleted, "file deleted")


def ask(client):
    deployment = os.environ["AZURE_DEPLOYMENT"]
    question = [{"role": "user", "content": "Hello"}]
    answer = client.chat.completions.create(model=deployment, messages=question)
    check(answer.choices[0].message.content, answer)
    stream = client.chat.completions.create(model=deployment, messages=question, stream=True)
    text = "".join(piece.choices[0].delta.content or "" for piece in stream if piece.choices)
    check(text == answer.choices[0].message.content, text)
    try:
        client.chat.completions.create(model="no-such-deployment", messages=question)
        raise AssertionError("a deployment that does not exist answered")
    except openai.NotFoundError as missing:
        check(missing.code == "DeploymentNotFound", missing)


endpoint = os.environ["AZURE_OPENAI_ENDPOINT"]
key = os.environ["AZURE_OPENAI_API_KEY"]
newer = openai.OpenAI(base_url=endpoint + "/openai/v1/", api_key=key, max_retries=0)
classic = openai.AzureOpenAI(azure_endpoint=endpoint, api_key=key, max_retries=0,
                             api_version="2025-04-01-preview")
for client, face in ((newer, "v1"), (classic, "classic")):
    train(client, face)
    ask(client)
print(f"{checks} checks held with openai {openai.__version__}")
