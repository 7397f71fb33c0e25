"""Counts the words of a text file."""

import re
from collections import Counter
from pathlib import Path


def task(path: Path, ctx, top: int = 5, min_length: int = 1):
    """Words of a file, and the most frequent ones."""
    counts = Counter()
    size = path.stat().st_size
    read = 0
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            read += len(line.encode())
            counts.update(word for word in re.findall(r"\w+", line.lower()) if len(word) >= min_length)
            ctx.progress(read / size)
    ctx.log(f"{len(counts)} different words in {path.name}")
    return {"words": sum(counts.values()), "top": dict(counts.most_common(top))}
