"""SQLite FTS5 over the rows of a JSON lines file, timed query by query.

usage: fts5.py ROWS.jsonl; then one request a line on standard input, {"sql", "params", "times"},
and one answer a line on standard output, {"ms": [...], "rows": n}.
"""
import json
import sqlite3
import sys
import time

db = sqlite3.connect(sys.argv[1] + ".db")
db.executescript(
    """
    create virtual table f using fts5(title, abstract, authors, tokenize = 'porter unicode61');
    create table paper (id integer primary key, filed text, categories text, code integer);
    create table tag (slug text, paper_id integer, primary key (slug, paper_id)) without rowid;
    create index paper_filed on paper (filed);
    """
)
with open(sys.argv[1], encoding="utf-8") as lines:
    for line in lines:
        r = json.loads(line)
        db.execute(
            "insert into f (rowid, title, abstract, authors) values (?, ?, ?, ?)",
            (r["id"], r["title"], r["abstract"], "; ".join(r["authors"])),
        )
        db.execute(
            "insert into paper values (?, ?, ?, ?)",
            (r["id"], r["filed"], " ".join(r["categories"]), r["code"]),
        )
        db.executemany("insert or ignore into tag values (?, ?)", [(t, r["id"]) for t in r["tags"]])
db.execute("insert into f (f) values ('optimize')")
db.commit()
print(json.dumps({"version": sqlite3.sqlite_version}), flush=True)

for line in sys.stdin:
    request = json.loads(line)
    ms = []
    rows = []
    for _ in range(request["times"]):
        start = time.perf_counter()
        rows = db.execute(request["sql"], request["params"]).fetchall()
        ms.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"ms": ms, "rows": len(rows)}), flush=True)
