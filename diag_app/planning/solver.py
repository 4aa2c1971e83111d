"""HiGHS, asked one programme at a time: an answer is proven optimal, or there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from diag_app.planning.programme import Programme, Row

HALF = 0.5


class Solver:
    """One programme held in HiGHS. Rows may be added between questions; nothing is ever taken out."""

    def __init__(self, programme: Programme) -> None:
        # The class beneath highspy.Highs: making that one prints a banner on standard output, which is not ours.
        from highspy import _Highs  # type: ignore[attr-defined]  # noqa: PLC0415

        self._programme = programme
        self._highs: Any = _Highs()
        self._highs.setOptionValue("output_flag", False)
        # One thread and one seed: the same question gives the same answer on every machine.
        for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
            self._highs.setOptionValue(option, value)
        self._highs.passModel(model_of(programme))

    def add(self, rows: Iterable[Row]) -> None:
        """Add rows over the columns that are there."""
        for row in rows:
            columns = list(row.terms)
            values = [float(value) for value in row.terms.values()]
            self._highs.addRow(row.lower, row.upper, len(columns), columns, values)

    def best(self, objective: Mapping[int, int], *, most: bool = False) -> frozenset[str] | None:
        """Return the measures that make `objective` (column → weight) least, or `most`; null when nothing fits."""
        from highspy import HighsModelStatus, ObjSense  # noqa: PLC0415

        highs, width = self._highs, self._programme.width
        weights = [float(objective.get(column, 0)) for column in range(width)]
        highs.changeColsCost(width, list(range(width)), weights)
        highs.changeObjectiveSense(ObjSense.kMaximize if most else ObjSense.kMinimize)
        highs.run()
        status = highs.getModelStatus()
        if status in (HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible):
            return None
        if status == HighsModelStatus.kModelEmpty:
            return frozenset()
        has_gap = bool(self._programme.measure_ids) and highs.getInfo().mip_gap > 0  # of no whole column there is none
        if status != HighsModelStatus.kOptimal or has_gap:
            raise ArithmeticError(f"not proven optimal: {status}")
        values = highs.getSolution().col_value
        names = self._programme.measure_ids
        return frozenset(name for name, value in zip(names, values, strict=False) if value > HALF)


def model_of(programme: Programme) -> Any:
    """Return the programme as HiGHS takes it; the benchmark hands the same to HiGHS alone."""
    from highspy import HighsLp, HighsVarType, MatrixFormat  # noqa: PLC0415

    whole, width = len(programme.measure_ids), programme.width
    model = HighsLp()
    model.num_col_, model.num_row_ = width, len(programme.rows)
    model.col_cost_ = [0.0] * width
    pinned = [1.0 if name in programme.pinned else 0.0 for name in programme.measure_ids]
    model.col_lower_ = [*pinned, *([0.0] * programme.helpers)]
    model.col_upper_ = [1.0] * width
    model.integrality_ = [
        HighsVarType.kInteger if column < whole else HighsVarType.kContinuous for column in range(width)
    ]
    model.row_lower_ = [row.lower for row in programme.rows]
    model.row_upper_ = [row.upper for row in programme.rows]
    starts, columns, values = [0], [], []
    for row in programme.rows:
        columns += list(row.terms)
        values += [float(value) for value in row.terms.values()]
        starts.append(len(columns))
    model.a_matrix_.format_ = MatrixFormat.kRowwise
    model.a_matrix_.num_col_, model.a_matrix_.num_row_ = width, len(programme.rows)
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, columns, values
    return model
