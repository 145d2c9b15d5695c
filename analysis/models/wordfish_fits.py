"""The fits of Wordfish: the best one, and where the R standard stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.kernel_sums import KernelSums
from analysis.models.leading_axes import leading_axes

Floats = NDArray[np.float64]

# Precisions of the normal priors of beta and theta.
BETA_PRIOR, THETA_PRIOR = 1 / 9, 1.0
MOST_ROUNDS = 500
MEMORY = 5
# Words may lean further than now by so much in a round.
ROOM = 2.5
# Fitted counts that are held at once.
MOST_CELLS = 2**18


@dataclass(frozen=True)
class Fit:
    """Parameters of texts (alpha, theta) and of words (psi, beta), and how the fit ended."""

    alpha: Floats
    theta: Floats
    psi: Floats
    beta: Floats
    n_iterations: int
    last_change: float
    log_posterior: float
    converged: bool


def turned(fit: Fit) -> Fit:
    """Return the same fit with left and right exchanged."""
    return replace(fit, theta=-fit.theta, beta=-fit.beta)


def first_positions(rows: Any) -> Floats:
    """Return where a fit begins: the first dimension of a correspondence analysis."""
    return _standard(leading_axes(rows, 1).rows[:, 0])


def fit_converged(rows: Any, tolerance: float) -> Fit:
    """Find the largest posterior: words given texts, texts given words, in turn, accelerated.

    Three moves change no fitted count: theta by a constant, beta by a constant, and the scale of
    one against the other. After each round the priors choose among them.
    """
    texts, words = (np.asarray(rows.sum(axis=axis), dtype=np.float64) for axis in (1, 0))
    alpha, theta = np.log(texts) - np.log(texts.mean()), first_positions(rows)
    psi, beta = np.log(words / len(texts)), np.zeros(len(words))
    accelerate = _Anderson()
    change, rounds = np.inf, 0
    while change >= tolerance and rounds < MOST_ROUNDS:
        rounds += 1
        before = np.concatenate([alpha, theta])
        reach = max(float(np.abs(beta).max()) + ROOM, 4.0)
        sums = KernelSums(alpha, theta, -reach, reach)
        psi, beta = _newton((psi, beta), (words, rows.T @ theta), sums, BETA_PRIOR)
        reach = float(np.abs(theta).max()) + 1
        sums = KernelSums(psi, beta, -reach, reach)
        alpha, theta = _newton((alpha, theta), (texts, rows @ beta), sums, THETA_PRIOR)
        alpha, theta, psi, beta = _balanced(alpha, theta, psi, beta)
        after = np.concatenate([alpha, theta])
        change = float(np.abs(after - before)[len(texts) :].max() / theta.std(ddof=1))
        if change >= tolerance:
            alpha, theta = np.split(accelerate(before, after), 2)
    fitted = float(texts @ alpha + words @ psi + theta @ (rows @ beta) - texts.sum())
    priors = (BETA_PRIOR * beta @ beta + THETA_PRIOR * theta @ theta) / 2
    size = theta.std(ddof=1)
    moved = psi + beta * theta.mean()
    return Fit(
        alpha=alpha,
        theta=_standard(theta),
        psi=moved,
        beta=beta * size,
        n_iterations=rounds,
        last_change=change,
        log_posterior=fitted - float(priors),
        converged=change < tolerance,
    )


def fit_as_quanteda(
    counts: Floats, *, absolute: bool, tolerance: float = 1e-6, inner: float = 1e-8
) -> Fit:
    """Fit as quanteda.textmodels does (Poisson, its default priors), and stop where it stops.

    It makes theta standard after each round without moving beta to match, and ends when its
    posterior rises by less than the tolerance: at the first fall, unless the size counts.
    """
    from scipy.sparse import csr_array

    texts, words = counts.sum(axis=1), counts.sum(axis=0)
    alpha = np.log(texts) - np.log(texts.mean())
    theta = first_positions(csr_array(counts))
    psi, beta = np.log(words / len(texts)), np.full(len(words), -0.5)
    posterior, gain, rounds, change = _posterior(counts, alpha, theta, psi, beta), np.inf, 0, np.inf
    while gain > tolerance and rounds < 100:
        rounds += 1
        before, step = theta, 0.5 if rounds == 1 else 1.0
        _dense_rounds((psi, beta), (alpha, theta), counts, (BETA_PRIOR, step, inner))
        theta = theta.copy()
        _dense_rounds((alpha, theta), (psi, beta), counts.T, (THETA_PRIOR, step, inner))
        alpha, theta = alpha - alpha.mean(), _standard(theta)
        last, posterior = posterior, _posterior(counts, alpha, theta, psi, beta)
        gain = abs(posterior - last) if absolute else posterior - last
        change = float(np.abs(theta - before).max())
    return Fit(alpha, theta, psi, beta, rounds, change, posterior, gain <= tolerance)


class _Anderson:
    """Anderson's acceleration of a fixed point, from the last few rounds."""

    def __init__(self) -> None:
        self.found: list[Floats] = []
        self.moves: list[Floats] = []

    def __call__(self, before: Floats, after: Floats) -> Floats:
        self.found = [*self.found[-MEMORY:], after]
        self.moves = [*self.moves[-MEMORY:], after - before]
        if len(self.found) < 4:
            return after
        moves, found = (np.diff(np.array(each), axis=0).T for each in (self.moves, self.found))
        weights = np.linalg.lstsq(moves, self.moves[-1], rcond=1e-10)[0]
        better: Floats = after - found @ weights
        return better if np.abs(better - after).max() < 1 else after


def _newton(
    start: tuple[Floats, Floats],
    counted: tuple[Floats, Floats],
    sums: KernelSums,
    prior: float,
) -> tuple[Floats, Floats]:
    """Fit an intercept and a slope for each word (text), all others given."""
    level, slope = start
    total, weighted = counted
    for _ in range(8):
        means = np.exp(level) * sums(slope)
        first, second = total - means[0], weighted - means[1] - prior * slope
        curve = means[2] + prior
        slack = means[0] * curve - means[1] ** 2
        up = (curve * first - means[1] * second) / slack
        tilt = (means[0] * second - means[1] * first) / slack
        size = np.maximum(np.abs(up), np.abs(tilt))
        short = np.minimum(1.0, 1.0 / np.maximum(size, 1e-300))
        level = level + short * up
        slope = np.clip(slope + short * tilt, sums.edges[0], sums.edges[-1])
        # The next step would be of the order of this one squared.
        if size.max() < 1e-6:
            break
    return level, slope


def _balanced(
    alpha: Floats, theta: Floats, psi: Floats, beta: Floats
) -> tuple[Floats, Floats, Floats, Floats]:
    """Make the posterior as large as can be without changing any fitted count."""
    lean = beta.mean()
    beta, alpha = beta - lean, alpha + lean * theta
    middle = theta.mean()
    theta, psi = theta - middle, psi + beta * middle
    ratio = (BETA_PRIOR * beta @ beta) / (THETA_PRIOR * theta @ theta)
    size = ratio**0.25 if ratio > 0 else 1.0
    level = alpha.mean()
    return alpha - level, theta * size, psi + level, beta / size


def _dense_rounds(
    own: tuple[Floats, Floats],
    other: tuple[Floats, Floats],
    counts: Floats,
    options: tuple[float, float, float],
) -> None:
    """Renew intercepts and slopes in place, some columns of counts at a time."""
    for part in _parts(counts):
        _dense_newton((own[0][part], own[1][part]), other, counts[:, part], options)


def _parts(counts: Floats) -> Iterator[slice]:
    step = max(1, MOST_CELLS // len(counts))
    return (slice(start, start + step) for start in range(0, counts.shape[1], step))


def _dense_newton(
    own: tuple[Floats, Floats],
    other: tuple[Floats, Floats],
    counts: Floats,
    options: tuple[float, float, float],
) -> None:
    """Renew intercepts and slopes in place, ten steps at most; the first may be short."""
    (level, slope), (fixed, weights), (prior, step, inner) = own, other, options
    active = np.arange(len(level))
    for _ in range(10):
        means = np.exp(fixed[:, None] + level[active] + np.outer(weights, slope[active]))
        away = counts[:, active] - means
        first, second = away.sum(axis=0), weights @ away - slope[active] * prior
        sums = means.sum(axis=0), weights @ means, (weights * weights) @ means + prior
        slack = sums[0] * sums[2] - sums[1] ** 2
        up = step * (sums[2] * first - sums[1] * second) / slack
        tilt = step * (sums[0] * second - sums[1] * first) / slack
        level[active] += up
        slope[active] += tilt
        step = 1.0
        active = active[np.maximum(np.abs(up), np.abs(tilt)) > inner]
        if not len(active):
            return


def _posterior(counts: Floats, alpha: Floats, theta: Floats, psi: Floats, beta: Floats) -> float:
    total = -(BETA_PRIOR * beta @ beta + THETA_PRIOR * theta @ theta) / 2
    for part in _parts(counts):
        logs = alpha[:, None] + psi[part] + np.outer(theta, beta[part])
        total += (logs * counts[:, part] - np.exp(logs)).sum()
    return float(total)


def _standard(theta: Floats) -> Floats:
    standard: Floats = (theta - theta.mean()) / theta.std(ddof=1)
    return standard
