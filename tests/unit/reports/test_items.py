import numpy as np
import pytest
from scipy import stats

from autograder.reports.pages.items import Item, alpha, analyse

POINTS = np.array([1.0, 2.0, 1.0])
SHARES = np.array([[1, 1, 1], [1, 0.5, 1], [1, 1, 0], [1, 0, 0], [1, 0, 1.0]])


def test_figures_by_hand():
    # Totals 4, 3, 3, 1, 2: with 27 % of five, one submission is in each group: the first, and the fourth.
    first, second, third = analyse(SHARES, POINTS)
    assert first == Item(1.0, 0.0, None)
    assert second.difficulty == 0.5
    assert second.groups == 1.0
    assert third.difficulty == pytest.approx(0.6)
    assert third.groups == 1.0


def test_the_correlation_is_with_the_rest_and_point_biserial_for_passed_or_failed():
    draw = np.random.default_rng(1)
    strength = draw.normal(size=200)
    shares = (strength[:, None] + draw.normal(size=(200, 5)) > 0).astype(float)
    points = np.array([1.0, 2.0, 3.0, 0.5, 1.5])
    for column, item in enumerate(analyse(shares, points)):
        rest = np.delete(shares, column, axis=1) @ np.delete(points, column)
        assert item.correlation == pytest.approx(stats.pointbiserialr(shares[:, column], rest).statistic, abs=1e-12)


def test_groups_of_27_percent():
    shares = np.column_stack([np.arange(100) >= 60, np.arange(100) / 100.0])
    item = analyse(shares.astype(float), np.array([1.0, 50.0]))[0]
    assert item.groups == 1.0
    item = analyse(shares[::-1].astype(float), np.array([1.0, 50.0]))[0]
    assert item.groups == 1.0


def test_ties_at_the_edge_share_the_places_whatever_the_order():
    # Ten submissions, three in a group; four have the highest total and differ in the second check alone.
    shares = np.array([[1, 0], [1, 0], [1, 0], [0, 1], *[[0, 0]] * 6], dtype=float)
    points = np.array([1.0, 1.0])
    for order in (slice(None), slice(None, None, -1)):
        first, second = analyse(shares[order], points)
        assert first.groups == pytest.approx(3 / 4)
        assert second.groups == pytest.approx(1 / 4)


def test_there_are_no_groups_where_all_are_alike():
    assert analyse(np.ones((4, 2)), np.ones(2)) == [Item(1.0, None, None)] * 2
    assert analyse(np.ones((1, 2)), np.ones(2)) == [Item(1.0, None, None)] * 2
    assert analyse(np.ones((0, 2)), np.ones(2)) == []


def test_alpha_by_hand():
    # Cronbach's formula on two checks with variances 1/3, 1/3 and a total with variance 4/3: 2 (1 - 1/2) = 1.
    same = np.array([[1, 1], [1, 1], [0, 0], [0, 0.0]])
    assert alpha(same, np.ones(2)) == pytest.approx(1.0)
    crossed = np.array([[1, 1], [1, 0], [0, 1], [0, 0.0]])
    assert alpha(crossed, np.ones(2)) == pytest.approx(0.0)
    assert alpha(np.ones((4, 2)), np.ones(2)) is None
    assert alpha(same[:, :1], np.ones(1)) is None
    assert alpha(same[:1], np.ones(2)) is None
