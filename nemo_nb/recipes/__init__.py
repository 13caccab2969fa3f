"""Recipes: an edit written down so that others can make it again.

    project.recipe().save("trailer.yaml")                              # what was done, as a readable file
    replay = nemo.Recipe.load("trailer.yaml").replay({"clip": "mine.mp4"})
    print(replay.verify())                                             # where it parts from the recipe, if it does

The data's way: `record` turns a project's history into a `Recipe`. `document` says what a recipe holds and reads it
strictly, `text` is its YAML. `inputs` finds the files, `replay` makes the edit on a project, `verify` compares each
step with what the recipe's operations come to when they are applied to an empty draft, without any backend.
`generate` writes the same edit as a script and as a notebook.

A recipe is somebody else's file. It is read without constructing anything but plain data, within bounds of size and
depth; what it names is never a path outside the recipe's folder or the folder for the results; its words end up in
generated code only as quoted literals.
"""

from .recipe import Recipe
from .replay import Replay
from .verify import Verdict

__all__ = ["Recipe", "Replay", "Verdict"]
