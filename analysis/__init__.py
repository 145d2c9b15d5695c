"""Compare what sides say, from raw texts to figures that lead back to the quotation.

Public names, in the order in which a study uses them. ``import analysis as an``.
"""

from analysis.codebook import load_codebook
from analysis.comparison.change_points import find_change_points
from analysis.comparison.corrected_differences import correct_differences
from analysis.comparison.correction import correct_shares
from analysis.comparison.positions import compare_frames, compare_positions
from analysis.comparison.series import calendar_periods, document_rates, month_periods
from analysis.comparison.smoothing import smooth_rates
from analysis.comparison.topic_effects import compare_topics
from analysis.comparison.trends import measure_rates
from analysis.comparison.turnover import decompose_change
from analysis.corpus.calibration import measure_confidence
from analysis.corpus.documents import load_documents
from analysis.corpus.joint import split_actors
from analysis.corpus.statements import extract_spans, extract_statements
from analysis.dictionaries import load_dictionary
from analysis.features.collocations import collocates, collocations
from analysis.features.concordance import concordance
from analysis.features.cooccurrence import code_cooccurrence, frame_cooccurrence
from analysis.features.counts import count_terms
from analysis.features.dispersion import dispersion, waiting_times
from analysis.features.frames import code_frames
from analysis.features.keyness import correct_keyness, keyness, keyness_against
from analysis.features.lines import (
    exclude_concordance,
    filter_concordance,
    sample_concordance,
    sort_concordance,
    thin_concordance,
)
from analysis.features.ngrams import ngrams
from analysis.features.pattern_report import report_patterns
from analysis.features.readability import readability
from analysis.features.richness import richness
from analysis.features.shifts import Weights, measure_divergence, measure_shift, word_shift
from analysis.features.similarity import similarity
from analysis.features.units import extract_units
from analysis.features.windows import Window, part_starts
from analysis.figures.collocations import plot_collocations
from analysis.figures.concordance import concordance_view, plot_concordance
from analysis.figures.confidence import plot_confidence
from analysis.figures.corrected import plot_corrected
from analysis.figures.coverage import count_coverage, plot_coverage
from analysis.figures.evaluation import plot_evaluation
from analysis.figures.evidence import plot_evidence, plot_rates_of_words
from analysis.figures.export import save_figure
from analysis.figures.frames import plot_frames
from analysis.figures.hits import list_hits, plot_hits
from analysis.figures.keyness import key_terms, plot_keyness
from analysis.figures.marked_text import marked_text
from analysis.figures.positions import plot_positions
from analysis.figures.rates import plot_rates
from analysis.figures.reliability import plot_reliability
from analysis.figures.scales import plot_scale, plot_scale_words
from analysis.figures.scores import plot_scores
from analysis.figures.shifts import plot_shift
from analysis.figures.topics import plot_topics
from analysis.figures.trends import plot_trend
from analysis.index import build_index
from analysis.index_files import load_index, save_index
from analysis.language.tokens import load_stopwords
from analysis.models.coder_agreement import list_disagreements, measure_agreement
from analysis.models.coding_tasks import coding_task, load_coding, save_coding_task
from analysis.models.correspondence import fit_correspondence
from analysis.models.evaluation import evaluate_codes
from analysis.models.latent_semantics import fit_latent_semantics
from analysis.models.learned_codes import learn_codes
from analysis.models.reliability import measure_reliability
from analysis.models.sampling import sample_statements, sample_stratified, sample_uncertain
from analysis.models.stance import code_stance
from analysis.models.topics import fit_topics
from analysis.models.wordfish import fit_wordfish
from analysis.models.wordscores import fit_wordscores
from analysis.storage import load_table, save_table
from analysis.study import load_study
from analysis.tables import build_table, check_table

__version__ = "0.1.0"

__all__ = [
    "Weights",
    "Window",
    "build_index",
    "build_table",
    "calendar_periods",
    "check_table",
    "code_cooccurrence",
    "code_frames",
    "code_stance",
    "coding_task",
    "collocates",
    "collocations",
    "compare_frames",
    "compare_positions",
    "compare_topics",
    "concordance",
    "concordance_view",
    "correct_differences",
    "correct_keyness",
    "correct_shares",
    "count_coverage",
    "count_terms",
    "decompose_change",
    "dispersion",
    "document_rates",
    "evaluate_codes",
    "exclude_concordance",
    "extract_spans",
    "extract_statements",
    "extract_units",
    "filter_concordance",
    "find_change_points",
    "fit_correspondence",
    "fit_latent_semantics",
    "fit_topics",
    "fit_wordfish",
    "fit_wordscores",
    "frame_cooccurrence",
    "key_terms",
    "keyness",
    "keyness_against",
    "learn_codes",
    "list_disagreements",
    "list_hits",
    "load_codebook",
    "load_coding",
    "load_dictionary",
    "load_documents",
    "load_index",
    "load_stopwords",
    "load_study",
    "load_table",
    "marked_text",
    "measure_agreement",
    "measure_confidence",
    "measure_divergence",
    "measure_rates",
    "measure_reliability",
    "measure_shift",
    "month_periods",
    "ngrams",
    "part_starts",
    "plot_collocations",
    "plot_concordance",
    "plot_confidence",
    "plot_corrected",
    "plot_coverage",
    "plot_evaluation",
    "plot_evidence",
    "plot_frames",
    "plot_hits",
    "plot_keyness",
    "plot_positions",
    "plot_rates",
    "plot_rates_of_words",
    "plot_reliability",
    "plot_scale",
    "plot_scale_words",
    "plot_scores",
    "plot_shift",
    "plot_topics",
    "plot_trend",
    "readability",
    "report_patterns",
    "richness",
    "sample_concordance",
    "sample_statements",
    "sample_stratified",
    "sample_uncertain",
    "save_coding_task",
    "save_figure",
    "save_index",
    "save_table",
    "similarity",
    "smooth_rates",
    "sort_concordance",
    "split_actors",
    "thin_concordance",
    "waiting_times",
    "word_shift",
]
