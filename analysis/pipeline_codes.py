"""The pipeline's steps on codes: who coded what, how far coders agree, how good each is."""

from __future__ import annotations

import pandas as pd

from analysis.built import Built, stack_tables
from analysis.corpus.calibration import measure_confidence
from analysis.corpus.records import load_codes
from analysis.errors import TableError
from analysis.features.frames import code_frames
from analysis.features.pattern_report import report_patterns
from analysis.models.coder_agreement import list_disagreements, measure_agreement
from analysis.models.coder_scores import score_coders
from analysis.models.confusion import count_confusion, judge_codes
from analysis.models.evaluation import evaluate_codes
from analysis.models.learned_codes import CODER as LEARNED
from analysis.models.learned_codes import learn_codes
from analysis.models.reliability import measure_reliability
from analysis.models.stance import BASELINE, CODER, code_by_actor, code_stance
from analysis.study import Study
from analysis.tables import CALIBRATION, CODES, CONFUSION, EVALUATION

ALL_CODES = "all"


def add_codes(study: Study, built: Built) -> None:
    """Code every statement by the codebook's patterns, beside the codes given by hand."""
    statements = built.tables["statements"]
    codes = [
        code_frames(statements, study.codebook, language=study.language),
        code_stance(statements, study.codebook, language=study.language),
    ]
    if study.codes:
        codes.insert(0, load_codes(study))
    texts = statements.set_index("statement_id")["content"].dropna()
    built.tables |= {
        "codes": stack_tables(codes, CODES),
        "pattern_report": report_patterns(texts, study.codebook, language=study.language),
    }


def add_agreement(study: Study, built: Built) -> None:
    """Measure how far those who coded by hand, apart from each other, agree."""
    coders = list(study.codes.coders)[1:] if study.codes else []
    if len(coders) < 2:
        return
    statements, codes = built.tables["statements"], built.tables["codes"]
    built.tables |= {
        "reliability": measure_reliability(codes, statements, coders=coders),
        "agreement": measure_agreement(codes, statements, coders=coders),
        "disagreements": list_disagreements(codes, statements, coders=coders),
    }


def add_learned(study: Study, built: Built) -> None:
    """Code every statement as can be learnt from the codes by hand, each unseen."""
    if not study.codes:
        return
    reference = next(iter(study.codes.coders))
    statements, codes = built.tables["statements"], built.tables["codes"]
    try:
        learned = learn_codes(statements, codes, reference=reference, seed=study.seed)
    except TableError as error:
        built.left_out["learned"] = str(error)
        return
    built.tables |= {
        "codes": stack_tables([codes, learned.codes], CODES),
        "learnt": learned.learnt,
        "reasons": learned.reasons,
    }


def add_evaluation(study: Study, built: Built) -> None:
    """Hold each automatic coder, and one that sees only who speaks, to the codes by hand."""
    if not study.codes:
        return
    reference = next(iter(study.codes.coders))
    statements, codes = built.tables["statements"], built.tables["codes"]
    by_actor = code_by_actor(statements, codes, reference=reference)
    built.tables["codes"] = codes = stack_tables([codes, by_actor], CODES)
    given = set(codes["coder"])
    coders = [coder for coder in (LEARNED, CODER, BASELINE) if coder in given]
    evaluation = stack_tables(
        [
            evaluate_codes(codes, statements=statements, reference=reference, coder=coder)
            for coder in coders
        ],
        EVALUATION,
    )
    confusion = [
        count_confusion(codes, statements, reference=reference, coder=coder) for coder in coders
    ]
    built.tables |= {
        "evaluation": evaluation,
        "coder_scores": score_coders(codes, statements, evaluation, reference=reference),
        "confusion": stack_tables(confusion, CONFUSION),
    }
    calibration = [
        _calibration(codes, statements, reference, coder)
        for coder in coders
        if codes.loc[codes["coder"] == coder, "probability"].notna().any()
    ]
    if calibration:
        built.tables["calibration"] = stack_tables(calibration, CALIBRATION)


def _calibration(
    codes: pd.DataFrame, statements: pd.DataFrame, reference: str, coder: str
) -> pd.DataFrame:
    """Measure whether a coder's probabilities hold: over all codes, and code by code."""
    mine = codes[(codes["coder"] != coder) | codes["probability"].notna()]
    known = mine.loc[mine["coder"] == coder, "code"].astype("str").unique()
    parts = {ALL_CODES: mine[mine["code"].isin(list(known))]}
    parts |= {code: mine[mine["code"] == code] for code in sorted(known)}
    tables = []
    for code, rows in parts.items():
        judged = judge_codes(rows, statements, reference=reference, coder=coder)
        tables.append(measure_confidence(judged).assign(code=code, coder=coder))
    return stack_tables(tables, CALIBRATION)
