"""What the corpus is made of: inputs with a name that says what they are, built when they are needed."""


class Hostile:
    """``file`` is the name under which it is checked; ``codes`` are the outcomes that are right: codes of errors, or
    ``report`` where it must be read all the same. Without any, a report and a refusal are both fine, a fault is not.

    ``heavy`` ones are about time and memory, and each has a process to itself. Those that are ``rare`` are like others
    that are not: the tests leave them to ``scripts/hostile.py``, which takes all.
    """

    def __init__(self, name, file, build, codes=(), heavy=False, rare=False):
        self.name, self.file, self.build = name, file, build
        self.codes, self.heavy, self.rare = codes, heavy, rare

    def __repr__(self):
        return self.name


CORPUS = []


def add(name, file, build, *codes, heavy=False, rare=False):
    CORPUS.append(Hostile(name, file, build, codes, heavy, rare))


def hostile(file, *codes, heavy=False, rare=False):
    """Adds the bytes that a function returns to the corpus, under its name."""

    def register(build):
        add(build.__name__.replace("_", "-"), file, build, *codes, heavy=heavy, rare=rare)
        return build

    return register
