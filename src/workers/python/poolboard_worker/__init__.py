"""
The inside of a Python worker process.

What a task file may hold:

    def task(input): ...                  # under any name, if it is named or the only candidate
    def task(input, ctx): ...             # ctx.progress(0.5, "half"), ctx.log(...), ctx.params, ctx.canceled, ctx.index
    def task(input, width: int = 640): ...# what follows the input and has a default is a parameter
    async def task(input): ...            # several at once with META = {"concurrency": 20} or --concurrency

    def setup(): ...                      # once in each worker, before its first task; may take the parameters
    def teardown(): ...                   # once in each worker, after its last
    META = {"summary": "...", "params": {...}, "concurrency": 1, "takes": "file"}

An input annotated as `pathlib.Path` arrives as one. What a task may return is described in encode.py.
"""
