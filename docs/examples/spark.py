"""Reads agreements with PySpark: texts go to kouotsu as lines of JSON, agreements come back as lines of JSON.

    spark-submit docs/examples/spark.py FOLDER OUTPUT

Each core of the cluster runs one kouotsu, which must be on the PATH of the workers (or name it in KOUOTSU).
Writes one line per 取組 to the folder OUTPUT.
"""

import json
import os
import shlex
import sys

from pyspark.sql import SparkSession


def to_line(named_text):
    """One record for kouotsu: a line {"id", "text"}."""
    name, text = named_text
    return json.dumps({"id": name, "text": text}, ensure_ascii=False)


def initiatives(line):
    """The 取組 of one answer, wherever the agreement has them."""
    answer = json.loads(line)
    if answer["error"]:
        print(f"{answer['id']}: {answer['error']}", file=sys.stderr)
    for agreement in answer["agreements"]:
        parties = "・".join(party["name"] for party in agreement["parties"])
        for field in fields(agreement):
            for initiative in field["initiatives"]:
                yield {
                    "id": answer["id"],
                    "parties": parties,
                    "field": field["title"],
                    "name": initiative["name"],
                    "content": initiative["content"],
                    "roles": json.dumps(initiative["roles"], ensure_ascii=False),
                }


def fields(node):
    """分野 stand in tables, or on the items of an article."""
    if isinstance(node, list):
        for part in node:
            yield from fields(part)
    elif isinstance(node, dict):
        yield from node.get("fields", [])
        for key in ("articles", "paragraphs", "items", "tables"):
            yield from fields(node.get(key, []))


def main(folder, output):
    spark = SparkSession.builder.appName("kouotsu").getOrCreate()
    # one job each: Spark already uses every core
    command = f"{shlex.quote(os.environ.get('KOUOTSU', 'kouotsu'))} parse --records --jobs 1"
    texts = spark.sparkContext.wholeTextFiles(folder, minPartitions=spark.sparkContext.defaultParallelism)
    # Python's own text streams must be UTF-8 here: set PYTHONUTF8=1 where the locale is not
    answers = texts.map(to_line).pipe(command, env=dict(os.environ))
    table = spark.createDataFrame(
        answers.flatMap(initiatives),
        "id string, parties string, field string, name string, content string, roles string",
    )
    table.write.mode("overwrite").json(output)
    print(f"{table.count()} initiatives of {texts.count()} texts")
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:3])
