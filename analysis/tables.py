"""Every table of the package: its columns, their kinds and its key.

A table is a plain DataFrame. `check_table` stands at the door of every public function;
`build_table` makes rows into a table. `analysis.storage` moves tables to and from disk. What is
found in texts is declared in `analysis.corpus_tables`, what is measured on words in
`analysis.word_tables`, what models give in `analysis.model_tables`, comparisons in
`analysis.comparison_tables`; all come through this door.
"""

from __future__ import annotations

from analysis.comparison_tables import (
    ADJUSTED,
    CODED_STATEMENTS,
    CORRECTED,
    CORRECTED_COEFFICIENTS,
    CORRECTED_DIFFERENCES,
    CORRECTED_POSITIONS,
    DIFFERENCES,
    INTERVALS_HELD,
    POSITIONS,
    SCALE_AGREEMENT,
    SCALE_EFFECTS,
    SENSITIVITY,
    SHARES,
    TOPIC_EFFECTS,
    TURNOVER,
)
from analysis.corpus_tables import (
    CONFIDENCE,
    COVERAGE,
    DOCUMENTS,
    JUDGMENTS,
    SAMPLE,
    SCORES,
    SPANS,
    STATEMENTS,
    THRESHOLDS,
)
from analysis.model_tables import (
    AGREEMENT,
    CA_DIMENSIONS,
    CA_TEXTS,
    CA_WORDS,
    CALIBRATION,
    CODE_WORDS,
    CODER_SCORES,
    CODING_TASK,
    CONFUSION,
    DISAGREEMENTS,
    LEARNING,
    LEARNT,
    OUTSIDE,
    POLARITY_TEXTS,
    POLARITY_WORDS,
    REASONS,
    REPEATS,
    SCALE_FITS,
    SCALE_POSITIONS,
    SCALE_WORDS,
    SCALES,
    SCORED_TEXTS,
    TOPIC_ANSWERS,
    TOPIC_COHERENCE,
    TOPIC_DRAWS,
    TOPIC_KEY,
    TOPIC_LABELS,
    TOPIC_MAP,
    TOPIC_QUALITY,
    TOPIC_SCAN,
    TOPIC_SHARES,
    TOPIC_STABILITY,
    TOPIC_TASK,
    TOPIC_TERMS,
    TOPIC_UNITS,
    TOPIC_VALIDATION,
    UNITISED,
    UNITISING,
)
from analysis.schema import VALUES, Table, build_table, check_columns, check_table, declare
from analysis.word_tables import (
    COLLOCATIONS,
    CONCORDANCE,
    DISPERSION,
    DIVERGENCE,
    KEYNESS,
    NGRAMS,
    READABILITY,
    RICHNESS,
    SHIFT_TOTALS,
    SHIFTS,
    SIMILARITY,
    WAITING_TIMES,
)

__all__ = [
    "ADJUSTED",
    "AGREEMENT",
    "CALIBRATION",
    "CA_DIMENSIONS",
    "CA_TEXTS",
    "CA_WORDS",
    "CHANGE_POINTS",
    "CODED_STATEMENTS",
    "CODER_SCORES",
    "CODES",
    "CODE_WORDS",
    "CODING_TASK",
    "COLLOCATIONS",
    "CONCORDANCE",
    "CONFIDENCE",
    "CONFUSION",
    "COOCCURRENCE",
    "CORRECTED",
    "CORRECTED_COEFFICIENTS",
    "CORRECTED_DIFFERENCES",
    "CORRECTED_POSITIONS",
    "COUNTS",
    "COVERAGE",
    "DIFFERENCES",
    "DISAGREEMENTS",
    "DISPERSION",
    "DIVERGENCE",
    "DOCUMENTS",
    "DOCUMENT_RATES",
    "EVALUATION",
    "EVIDENCE",
    "HITS",
    "INTERVALS_HELD",
    "JUDGMENTS",
    "KEYNESS",
    "LEARNING",
    "LEARNT",
    "NGRAMS",
    "OUTSIDE",
    "PATTERN_REPORT",
    "PATTERN_USE",
    "POLARITY_TEXTS",
    "POLARITY_WORDS",
    "POSITIONS",
    "RATES",
    "READABILITY",
    "REASONS",
    "RELIABILITY",
    "REPEATS",
    "RICHNESS",
    "SAMPLE",
    "SCALES",
    "SCALE_AGREEMENT",
    "SCALE_EFFECTS",
    "SCALE_FITS",
    "SCALE_POSITIONS",
    "SCALE_WORDS",
    "SCORED_TEXTS",
    "SCORES",
    "SENSITIVITY",
    "SHARES",
    "SHIFTS",
    "SHIFT_TOTALS",
    "SIMILARITY",
    "SPANS",
    "STATEMENTS",
    "TABLES",
    "TEXTS",
    "THRESHOLDS",
    "TOPIC_ANSWERS",
    "TOPIC_COHERENCE",
    "TOPIC_DRAWS",
    "TOPIC_EFFECTS",
    "TOPIC_KEY",
    "TOPIC_LABELS",
    "TOPIC_MAP",
    "TOPIC_QUALITY",
    "TOPIC_SCAN",
    "TOPIC_SHARES",
    "TOPIC_STABILITY",
    "TOPIC_TASK",
    "TOPIC_TERMS",
    "TOPIC_UNITS",
    "TOPIC_VALIDATION",
    "TREND",
    "TURNOVER",
    "UNITISED",
    "UNITISING",
    "UNITS",
    "VALUES",
    "WAITING_TIMES",
    "Table",
    "build_table",
    "check_columns",
    "check_table",
]

UNITS = declare(
    "units",
    "unit_id",
    "unit_id:category doc_id:text group:category date:date voice:category n_tokens:count",
)
TEXTS = declare(
    "texts",
    "unit_id",
    "unit_id:category text:text",
)
COUNTS = declare(
    "counts",
    "unit_id term",
    "unit_id:category term:category n:count",
)
HITS = declare(
    "hits",
    "unit_id code form",
    "unit_id:category code:category pattern:category form:text n:count",
)
CODES = declare(
    "codes",
    "statement_id code coder",
    """
    statement_id:text code:category coder:category value:category probability:number
    codebook_version:category
    """,
)
EVIDENCE = declare(
    "evidence",
    "statement_id code value pattern start",
    """
    statement_id:text code:category value:category pattern:category start:count end:count form:text
    negated:bool
    """,
)
PATTERN_USE = declare(
    "pattern_use",
    "code value pattern",
    "code:category value:category pattern:category n_hits:count n_statements:count",
)
PATTERN_REPORT = declare(
    "pattern_report",
    "code pattern",
    """
    code:category pattern:category n_hits:count n_units:count n_alone:count forms:text
    examples:text
    """,
)
COOCCURRENCE = declare(
    "cooccurrence",
    "code_1 code_2",
    """
    code_1:category code_2:category n_units:count n_1:count n_2:count n_both:count
    expected:number jaccard:number phi:number log_odds:number low:number high:number p:number
    q:number note:text
    """,
)
RATES = declare(
    "rates",
    "group period code",
    """
    group:category period:category code:category n:count n_units:count n_tokens:count
    rate_per_10k:number low:number high:number note:text
    """,
)
DOCUMENT_RATES = declare(
    "document_rates",
    "group code doc_id",
    """
    group:category code:category doc_id:text date:date n:count n_tokens:count
    rate_per_10k:number
    """,
)
TREND = declare(
    "trend",
    "group code date",
    """
    group:category code:category date:date n_documents:number rate_per_10k:number low:number
    high:number bandwidth_years:number note:text
    """,
)
CHANGE_POINTS = declare(
    "change_points",
    "group code number",
    """
    group:category code:category number:count date:date date_low:date date_high:date
    n_before:count rate_before_per_10k:number low_before:number high_before:number n_after:count
    rate_after_per_10k:number low_after:number high_after:number statistic:number p:number
    q:number note:text
    """,
)
RELIABILITY = declare(
    "reliability",
    "code",
    """
    code:category n_statements:count n_units:count agreement:number alpha:number low:number
    high:number note:text
    """,
)
EVALUATION = declare(
    "evaluation",
    "code coder value",
    """
    code:category coder:category value:category n_reference:count n_coded:count n_both:count
    precision:number recall:number f1:number low:number high:number note:text
    """,
)
TABLES = {table.name: table for table in list(globals().values()) if isinstance(table, Table)}
