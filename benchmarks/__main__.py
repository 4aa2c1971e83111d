"""Run every measurement and print the table: `python -m benchmarks [NAME…]`, status 1 when a limit is exceeded."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from benchmarks import (
    beside_vorta,
    bundle,
    calculators,
    drill,
    encrypted,
    evidence_paint,
    firms_search,
    first_paint,
    installed,
    merge_copies,
    option_click,
    plan,
    report_long,
    report_pdf,
    report_refresh,
    report_word,
    rescoring,
    rules,
    scroll_frame,
    section_change,
    section_memory,
    store_save,
)
from benchmarks.measurement import table

MEASURED = {
    "option_click": option_click.measure,
    "section_change": section_change.measure,
    "section_memory": section_memory.measure,
    "scroll_frame": scroll_frame.measure,
    "firms_search": firms_search.measure,
    "firms_memory": firms_search.measure_memory,
    "evidence_paint": evidence_paint.measure,
    "evidence_memory": evidence_paint.measure_memory,
    "store_save": store_save.measure,
    "first_paint": first_paint.measure,
    "beside_vorta": beside_vorta.measure,
    "beside_vorta_memory": beside_vorta.measure_memory,
    "installed": installed.measure,
    "installed_setup": installed.measure_setup,
    "installed_paint": installed.measure_paint,
    "merge_copies": merge_copies.measure,
    "rescoring": rescoring.measure,
    "calculators": calculators.measure,
    "rules": rules.measure,
    "rules_beside_scoring": rules.measure_beside_scoring,
    "plan": plan.measure,
    "plan_with_others": plan.measure_with_others,
    "report_pdf": report_pdf.measure,
    "report_long": report_long.measure,
    "report_cold": report_long.measure_cold,
    "report_memory": report_long.measure_memory,
    "report_word": report_word.measure,
    "report_refresh": report_refresh.measure,
    "report_keys": report_refresh.measure_keys,
    "encrypted_save": encrypted.measure_keystroke,
    "encrypted_evidence": encrypted.measure_evidence,
    "open_by_passphrase": encrypted.measure_passphrase,
    "open_by_key": encrypted.measure_key,
    "drill": drill.measure,
    "bundle_copy": bundle.measure_copy,
    "bundle_verify": bundle.measure_verify,
    "bundle_encrypted": bundle.measure_encrypted,
    "bundle_restic": bundle.measure_restic,
    "bundle_borg": bundle.measure_borg,
    "bundle_memory": bundle.measure_memory,
}


def main(names: Sequence[str]) -> int:
    """Measure what is named, or everything; return 1 when a limit is exceeded."""
    measurements = []
    for name, measure in MEASURED.items():
        if not names or name in names:
            print(f"measuring {name}", flush=True)
            measurements.append(measure())
    print(*table(tuple(measurements)), sep="\n")
    return 0 if all(item.within for item in measurements) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
