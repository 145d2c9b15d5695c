"""Small tables of statements and codes on an invented dispute, for the tests of coding."""

from analysis.codebook import Codebook, Frame, Proposition
from analysis.tables import CODES, STATEMENTS, build_table


def statements(*contents, **columns):
    """Statements s0, s1, ... with the given contents, each an episode of its own."""
    lists = {name: list(values) for name, values in columns.items()}
    n_rows = max([len(contents), *(len(values) for values in lists.values())])
    rows = [
        {
            "statement_id": f"s{n}",
            "doc_id": f"d{n}",
            "voice": "paraphrase",
            "layer": "news",
            "content": contents[n] if contents else None,
            "episode_id": f"e{n}",
            "actor": "North",
            **{"start": 0, "end": 0, "negated": False},
            **{name: values[n] for name, values in lists.items()},
        }
        for n in range(n_rows)
    ]
    return build_table(rows, STATEMENTS)


def codes(code="toll", **by_coder):
    """Codes of s0, s1, ... by each coder; None where a coder left a statement out."""
    rows = [
        {"statement_id": f"s{n}", "code": code, "coder": coder, "value": value}
        for coder, values in by_coder.items()
        for n, value in enumerate(values)
        if value is not None
    ]
    return build_table(rows, CODES)


def codebook(frames=None, propositions=None):
    """A codebook of frames (patterns, not_patterns) and propositions (stance to patterns)."""
    return Codebook(
        version="7",
        frames={
            code: Frame(code=code, label=code, patterns=tuple(yes), not_patterns=tuple(no))
            for code, (yes, no) in (frames or {}).items()
        },
        propositions={
            code: Proposition(
                code=code,
                label=code,
                patterns={stance: tuple(listed) for stance, listed in by_stance.items()},
            )
            for code, by_stance in (propositions or {}).items()
        },
    )
