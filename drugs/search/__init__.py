"""What search knows of medicines, classes and side effects, and what it makes of a question.

The kinds stand in `kinds.py`; the suggestions in `emergency.py` (by the words of `signs.py`),
`intents.py` and `diagnosis.py`.
What a report says of HER2 and of genes is read by `her2.py` and `genes.py`.
"""

from drugs.search import diagnosis, emergency, intents, kinds


def register_all() -> None:
    """Called once at start."""
    kinds.register_all()
    emergency.register_all()
    intents.register_all()
    diagnosis.register_all()
