"""Tables of comparisons: positions, their differences, and what codes by hand put right."""

from __future__ import annotations

from analysis.schema import declare

POSITIONS = declare(
    "positions",
    "group proposition period",
    """
    group:category proposition:category period:category n_statements:count n_units:count
    n_addressed:count n_favor:count n_against:count n_conditional:count n_ambiguous:count
    salience:number salience_low:number salience_high:number direction:number
    direction_low:number direction_high:number method:category note:text
    """,
)
TURNOVER = declare(
    "turnover",
    "group code measure earlier later part",
    """
    group:category code:category measure:category earlier:category later:category part:category
    value:number low:number high:number n_statements:count n_units:count n_speakers:count note:text
    """,
)
CORRECTED = declare(
    "corrected",
    "group code",
    """
    group:category code:category n_statements:count n_units:count n_by_hand:count raw:number
    raw_low:number raw_high:number corrected:number low:number high:number tuning:number
    note:text
    """,
)
CORRECTED_POSITIONS = declare(
    "corrected_positions",
    "group proposition",
    """
    group:category proposition:category n_statements:count n_units:count n_by_hand:count
    n_favor:count n_against:count n_raw_favor:count n_raw_against:count raw_salience:number
    raw_salience_low:number raw_salience_high:number salience:number salience_low:number
    salience_high:number raw_direction:number raw_direction_low:number raw_direction_high:number
    direction:number direction_low:number direction_high:number note:text
    """,
)
SENSITIVITY = declare(
    "sensitivity",
    "code choice detail",
    """
    code:category choice:category detail:text target:category reference:category
    n_statements:count n_units:count difference:number low:number high:number note:text
    """,
)
CORRECTED_DIFFERENCES = declare(
    "corrected_differences",
    "code target reference",
    """
    code:category target:category reference:category n_statements:count n_units:count
    n_by_hand:count raw:number raw_low:number raw_high:number corrected:number low:number
    high:number p:number q:number note:text
    """,
)
SHARES = declare(
    "shares",
    "group code period",
    """
    group:category code:category period:category n_statements:count n_units:count
    n_present:count share:number low:number high:number note:text
    """,
)
DIFFERENCES = declare(
    "differences",
    "code measure period",
    """
    code:category measure:category period:category target:category reference:category
    n_target:count n_reference:count n_units:count figure_target:number figure_reference:number
    difference:number low:number high:number probability:number p:number q:number note:text
    """,
)
CODED_STATEMENTS = declare(
    "coded_statements",
    "code statement_id",
    """
    code:category value:category group:category period:category statement_id:text doc_id:text
    said_on:date speaker:text content:text
    """,
)
CORRECTED_COEFFICIENTS = declare(
    "corrected_coefficients",
    "code term",
    """
    code:category term:category model:category n_statements:count n_units:count n_by_hand:count
    raw:number raw_low:number raw_high:number corrected:number low:number high:number p:number
    q:number note:text
    """,
)
ADJUSTED = declare(
    "adjusted",
    "group code errors",
    """
    group:category code:category errors:category n_statements:count n_units:count n_by_hand:count
    sensitivity:number specificity:number raw:number adjusted:number low:number high:number
    note:text
    """,
)
TOPIC_EFFECTS = declare(
    "topic_effects",
    "topic effect contrast period",
    """
    topic:category effect:category contrast:category period:category n_units:count
    estimate:number low:number high:number p:number q:number note:text
    """,
)
SCALE_EFFECTS = declare(
    "scale_effects",
    "scale effect contrast period",
    """
    scale:category effect:category contrast:category period:category n_units:count
    estimate:number low:number high:number note:text
    """,
)
SCALE_AGREEMENT = declare(
    "scale_agreement",
    "first second group",
    """
    first:category second:category group:category n_units:count correlation:number low:number
    high:number note:text
    """,
)
INTERVALS_HELD = declare(
    "intervals_held",
    "measure method n_units",
    """
    measure:category method:category n_units:count n_worlds:count held:number low:number
    high:number
    """,
)
