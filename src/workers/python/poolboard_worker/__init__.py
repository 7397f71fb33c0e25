"""
The inside of a Python worker process.

What a task file may hold:

    def task(input): ...                    # under any name, if it is named or the only candidate
    def task(input, ctx): ...               # ctx.progress(0.5, "half"), ctx.log(...), ctx.params, ctx.canceled, ctx.index
    def task(path: Path): ...               # an input annotated as pathlib.Path arrives as one
    def task(input, width: int = 640): ...  # what follows and has a default, or a keyword only, is a parameter
    async def task(input): ...              # several at once with META = {"concurrency": 20} or --concurrency

    def setup(): ...                        # once in each worker, before its first task; may take the parameters
    def teardown(): ...                     # once in each worker, after its last
    META = {
        "summary": "Makes thumbnails.",
        "params": {"width": 640, "format": ["jpeg", "png"], "depth": {"type": "integer", "minimum": 1}},
        "concurrency": 1,
        "takes": "file",
    }

The types of parameters are their hints' (bool, int, float, str, Path, Literal, Enum), else their defaults'. What a
task may return is described in encode.py. Called with several arguments (`starmap`), a function gets the elements
of its input, or the columns of a row by their names.
"""
