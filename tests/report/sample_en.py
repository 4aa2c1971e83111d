"""An English report with every block; the firm and its figures are invented."""

from __future__ import annotations

from tests.report.sample import (
    BOARD,
    CONSTRAINED,
    TARGETS,
    BarChart,
    Card,
    Cards,
    Chapter,
    Cover,
    D,
    Document,
    Figure,
    Heading,
    HeatMap,
    HeatRow,
    KeyFigure,
    KeyFigures,
    LadderChart,
    LadderStep,
    Notice,
    NumberedList,
    Paragraph,
    Photo,
    PhotoGrid,
    RadarChart,
    SideBySide,
    SignatureBoxes,
    TermList,
    Waterfall,
    table,
)

NAMES = (
    "Product design|Process design|Marketing management|After-sales service|Production scheduling|Production control|"
    "Quality management|Equipment management|Safe production|Energy management|Purchasing management|"
    "Warehousing and logistics|Financial management|Human resources|Collaborative office|Decision support"
).split("|")
NEXT = (
    "Standard parts and knowledge can be called up; design and process work together|A system manages process design; process data follow a standard|"
    "Marketing is controlled in real time, together with production, stock and finance|A system manages service and shares with design and production|"
    "A system helps to make the plan and checks material and machines|Work orders and process parameters are captured and shared|"
    "Key steps are measured digitally; defects raise an alarm|A system plans maintenance, inspections and upkeep|"
    "Risks raise an alarm at once; plans exist and departments act together|A system gathers and analyses water, power and gas|"
    "Works with the supply chain inside and outside; risks are foreseen|Stock works together with production, purchasing and finance|"
    "Forecasts and risk assessment are driven by data|Key figures are analysed and support the staff strategy|"
    "Data inside and outside are joined; questions answered by system|Data of key steps are joined, analysed and shown"
).split("|")
GROUPS = {0: "Product life cycle", 4: "Production", 10: "Supply chain", 12: "Management and decisions"}
SPOKES = (
    ("Equipment", D("0.575")),
    ("Data", D("0.44")),
    ("Systems", D("0.5")),
    ("Security", D("0.5")),
    ("Planning", D("0.55")),
    ("Resources", D("0.2")),
    ("Green", D("1")),
    ("Quality", D("0.5")),
    ("Market", D("0.5")),
)


def document() -> Document:
    """Return the report."""
    return Document(
        language="en",
        title="Digital transformation diagnosis and proposal",
        author="Example Consulting",
        report_number="QZ-2026-DEMO-0128-R1",
        number_label="Report no.",
        issued_on="2026-03-27",
        running_head="Qiming Precision Parts (demo) | Digital transformation diagnosis",
        pack_line="Pack miit-sme-2024@1.2.0   digest 3f9c1a7e   rules demo-city@1.0",
        demonstration_mark="DEMO: not a real firm",
        contents_title="Contents",
        continued="(continued)",
        cover=_cover(),
        chapters=(_summary(), _profile(), _rating(), _map(), _gap(), _need(), _evidence(), _method(), _pledge()),
    )


def _cover() -> Cover:
    return Cover(
        title="Digital transformation:\ndiagnosis and proposal",
        firm="Qiming Precision Parts Co., Ltd. (demo)",
        tagline="General equipment manufacturing | small enterprise | above designated size",
        facts=(
            ("Report no.", "QZ-2026-DEMO-0128-R1"),
            ("Issue", "First issue (R1)"),
            ("On site", "17–18 March 2026"),
            ("Issued", "27 March 2026"),
            ("Method", "Evaluation indicators of the digital level of SMEs (2024 edition), 工信厅企业〔2024〕56 号"),
            ("Packs", "miit-sme-2024@1.2.0, demo-city@1.0"),
        ),
        seal_label="Seal of the issuer",
        seal_note="over the date of issue",
        board=tuple((level, index in CONSTRAINED) for index, level in enumerate(BOARD)),
        board_note="The drawing is this firm's own result: one column for each of the 16 scenarios, levels 1 to 4 upwards; see chapter 6",
        issuer="Example Consulting",
        service="Digital diagnosis of SMEs",
        audience="For the enterprise",
        verify_title="Verify",
        verify_text="The code gives report number and content digest; equal to the issue record means unchanged.",
        digest_label="Content digest SHA-256",
        disclaimer="This report rests on what the firm provided and what was seen on site. It is no promise of subsidy, credit or benefit.",
    )


def _ladder() -> LadderChart:
    return LadderChart(
        steps=(
            LadderStep(level=1, label="1 Initial", condition="≥ 20 points", state="reached"),
            LadderStep(level=2, label="2 Managed", condition="≥ 40 points", state="current", flag="now: 50.65 points"),
            LadderStep(
                level=3, label="3 Integrated", condition="≥ 60 points", state="target", flag="target (12 months)"
            ),
            LadderStep(level=4, label="4 Collaborative", condition="≥ 80 points", state="open"),
        )
    )


def _summary() -> Chapter:
    return Chapter(
        number="",
        name="Summary",
        finding="Now at level 2, Managed; 9.35 points and five scenarios short of the target, level 3",
        lead="",
        blocks=(
            KeyFigures(
                figures=(
                    KeyFigure(figure="Level 2 → 3", label="now → target (12 months)"),
                    KeyFigure(figure="CNY 1.6–2.4 m", label="one-off investment, excl. tax"),
                    KeyFigure(figure="CNY 0.4–1.1 m", label="net benefit a year"),
                    KeyFigure(figure="2.5 years", label="static payback, range 1.4–6.0"),
                )
            ),
            Figure(
                label="",
                caption="",
                chart=_ladder(),
                note="Score 50.65 = basis 25.90 + management 11.25 + results 13.50 (of 50 / 30 / 20). Ten scenarios at level 2 or above "
                "(eight constrained), three at level 3 (two constrained). The level rule has not yet been checked against the official text; see annex D.",
            ),
            Heading(text="Three findings"),
            Cards(
                cards=(
                    Card(
                        number="1",
                        title="Few machines are connected",
                        paragraphs=(
                            "Of 120 production machines 66 are digital but only 31 (25.8%) are networked. Scheduling, inspection and energy rest on hand-kept records.",
                        ),
                        source="Table 6-1, Q2, Q3",
                    ),
                    Card(
                        number="2",
                        title="Visual inspection hurts most",
                        paragraphs=(
                            "Six people inspect by eye; in a blind test 3.8% of defects (5 of 132) passed. Claims last year: CNY 186,000.",
                        ),
                        source="Section 8.1, blind test",
                    ),
                    Card(
                        number="3",
                        title="Systems, but no owner",
                        paragraphs=(
                            "Ten scenarios run on a system, yet there is no dedicated post and no data rule; Resources earns 3.0 of 15.",
                        ),
                        source="Table 6-1, Q9–11",
                    ),
                )
            ),
            Heading(text="Do these three first"),
            table(
                "",
                "",
                ":8|What:47|Why first:51|Owner:23|By:17|Cost:20:r",
                [
                    "*1|Network 50 machines, capture data automatically|Scheduling, quality and energy all depend on it|Equipment|month 3|CNY 320–460k",
                    "*2|Collect defect samples, run a lighting test|No samples, no acceptance test: spend time before money|Quality|month 2|within M3",
                    "*3|Appoint one digital post, issue a data rule|Almost free, earns 1.875 points, gives systems an owner|General manager|month 1|within M7",
                ],
            ),
        ),
    )


def _profile() -> Chapter:
    return Chapter(
        number="3",
        name="The enterprise",
        finding="186 people, small, above designated size; revenue last year CNY 98.6 m",
        lead="The size class is derived from employees and revenue by the statistical rule of 2017.",
        blocks=(
            table(
                "Table 3-1",
                "Basic facts",
                ":28|:55|:28|:55",
                [
                    "~Enterprise|Qiming Precision Parts Co., Ltd. (demo)|~Credit code|example, no real firm",
                    "~Address|Example district, example city|~Size|small, above designated size; 186 people, revenue CNY 98.6 m",
                    "~Consultants|A and B (example)|~For the firm|general manager; heads of quality, equipment, planning and finance (example)",
                ],
            ),
            Heading(text="Production and systems"),
            Paragraph(
                text="The firm makes die-cast housings and precision bushings, about 1.2 million pieces a year, mainly for two equipment builders. "
                "Die casting, machining, assembly and inspection use 120 machines; 66 are digital and 31 are networked. An ERP (purchasing, stock, finance) "
                "has run since 2021, CAPP since 2023; scheduling is done in spreadsheets. The firm's own word for it: “we don’t lack systems, we lack data”."
            ),
            NumberedList(
                items=(
                    "The first line of each chapter is its result; figures and tables follow, sources stand below them, and every number can be traced to annex A.",
                    "“Not measured” means just that: it is never counted as zero and never replaced by an industry mean.",
                )
            ),
            Figure(
                label="Figure 3-1",
                caption="Networked machines by department (share of machines)",
                chart=BarChart(
                    bars=(
                        ("Die casting", D(9), D(24), "9 of 24"),
                        ("Machining", D(18), D(62), "18 of 62"),
                        ("Assembly", D(4), D(22), "4 of 22"),
                        ("Inspection", None, D(12), "not measured"),
                    )
                ),
                note="Source: machine list E-002; twelve machines were checked on site and agreed.",
            ),
        ),
    )


def _rating() -> Chapter:
    scores = table(
        "Table 6-1",
        "Scores of the nine level-1 items",
        "Item:31|Max:12:r|Score:13:r|Rate:14:r|:13",
        [
            "Basis|50|25.90|51.8%|",
            "Equipment systems|20|11.50|57.5%|#0.575",
            "Data acquisition|10|4.40|!44.0%|!#0.44",
            "Information systems|10|5.00|50.0%|#0.5",
            "Information security|10|5.00|50.0%|#0.5",
            "Management|30|11.25|37.5%|",
            "Planning & management|15|8.25|55.0%|#0.55",
            "Resources|15|3.00|!20.0%|!#0.2",
            "Results|20|13.50|67.5%|",
            "Green, low carbon|7|7.00|100.0%|#1",
            "Product quality|7|3.50|50.0%|#0.5",
            "Market results|6|3.00|50.0%|#0.5",
            "Total|100|50.65|50.7%|",
        ],
        kinds={0: "group", 5: "group", 8: "group", 12: "total"},
    )
    radar = Figure(
        label="Figure 6-1",
        caption="Score rate, full marks = 100%",
        chart=RadarChart(spokes=SPOKES, weak_below=D("0.45")),
        width_mm=79,
        note="The two items below 45% are in ochre and bold.",
    )
    return Chapter(
        number="6",
        name="Rating",
        finding="50.65 points, level 2: most points are lost in resources and data acquisition",
        lead="Basis 25.90 of 50, management 11.25 of 30, results 13.50 of 20. Digital operation earns no points; its 16 scenarios are rated by level (section 6.2).",
        blocks=(
            SideBySide(left=(scores,), right=(radar,), left_mm=83),
            Figure(
                label="Figure 6-2", caption="The ladder: a level needs all three conditions at once", chart=_ladder()
            ),
            table(
                "Table 6-2",
                "Conditions of each level and where the firm stands",
                "Level:25|Score S:42|Scenarios at that level N:40|of them constrained C:36|Result:23",
                [
                    "*1 Initial|≥ 20; now 50.65|≥ 6; now 16|≥ 3; now 10|met",
                    "*2 Managed|≥ 40; now 50.65|≥ 6; now 10|≥ 3; now 8|*met: final level",
                    "*3 Integrated|≥ 60; now 50.65, short 9.35|≥ 8; now 3, short 5|≥ 5; now 2, short 3|!not met",
                    "*4 Collaborative|≥ 80; now 50.65, short 29.35|≥ 10; now 0, short 10|≥ 6; now 0, short 6|!not met",
                ],
                kinds={1: "marked"},
                note='Source: answers (annex A), checked on site 2026-03-18; exact arithmetic, nothing rounded before the level is decided. Status of the thresholds: "reconstructed, not yet checked" (annex D, U-01).',
            ),
        ),
    )


def _map() -> Chapter:
    rows = tuple(
        HeatRow(
            number=str(index + 1),
            label=NAMES[index],
            is_constrained=index in CONSTRAINED,
            level=None if index == 15 else level,
            target=3 if index + 1 in TARGETS else None,
            flag="target 3" if index + 1 in TARGETS else "",
            detail=NEXT[index],
            evidence=f"{index % 4 + 1}",
            group=GROUPS.get(index, ""),
        )
        for index, level in enumerate(BOARD)
    )
    chart = HeatMap(
        level_heads=("1 Initial", "2 Managed", "3 Integrated", "4 Collab."),
        label_head="Scenario (★ constrained)",
        detail_head="What the next level still asks for",
        evidence_head="Evidence",
        not_applicable="n/a",
        rows=rows,
        foot=(
            ("At or above / required", ("15/6", "9/6", "3/8, short 5", "0/10, short 10"), (True, True, False, False)),
            ("of them ★ / required", ("10/3", "8/3", "2/5, short 3", "0/6, short 6"), (True, True, False, False)),
        ),
    )
    return Chapter(
        number="6.2",
        name="Scenario levels",
        finding="Only 3 of 16 scenarios are at level 3; the gap lies in production",
        lead="None of the six production scenarios reaches level 3, which asks for eight scenarios, five of them constrained. The proposal raises five.",
        blocks=(
            Figure(
                label="Figure 6-3",
                caption="Heat map of scenario levels: 16 scenarios by 4 levels",
                chart=chart,
                note="Filled cells are reached, the number is the present level; dashed cells are the target. Levels were judged by the consultant against the criteria of the pack and confirmed by the firm.",
            ),
        ),
    )


def _gap() -> Chapter:
    return Chapter(
        number="7",
        name="Gap to the target level",
        finding="9.35 points and five scenarios short; no scenario to spare once closed",
        lead="",
        blocks=(
            Figure(
                label="Figure 7-1",
                caption="From 50.65 to 64.025 points, by source (points; the axis begins at 45 and is broken)",
                chart=Waterfall(
                    start=("Now\nscore", D("50.65")),
                    additions=(
                        ("Networking\nQ3", D("3.0")),
                        ("Data capture\nQ4", D("3.5")),
                        ("System coverage\nQ5", D("2.5")),
                        ("Security\nQ6–7", D("2.5")),
                        ("Management\nQ9", D("1.875")),
                    ),
                    end_label="After\nscore",
                    threshold=("Level 3 threshold", D(60)),
                    axis_from=D(45),
                ),
                note="Result questions (12–15) are counted as they stand; nothing is booked in advance. Source: annex A.",
            ),
            Notice(
                title="This is an estimate, not a promise.",
                text="The page follows the rule pack clause by clause and has not been examined by the authority; budgets, batches and definitions may change. "
                "Do not use it as the only ground for an investment or a loan.",
                kind="estimate",
            ),
        ),
    )


def _need() -> Chapter:
    baseline = table(
        "Table 8-1",
        "Baseline (measured on site 2026-03-17, and ledgers)",
        "Metric:28|Value:24:r|Definition and source:58",
        [
            "Escape rate|*3.79%|5 missed of 132 real defects; blind test with 500 pieces",
            "False rejects|*2.45%|9 wrong of 368 good pieces; same test",
            "First-pass yield|*93.40%|58,282 of 62,400 pieces; inspection record of February 2026",
            "Inspected|4,800 a day|two shifts of 2,400; 260 working days a year",
            "Inspectors|6|3 a shift; full cost CNY 96,000 each a year",
            "Claims|CNY 186,000|7 last year; ledger and vouchers E-021, E-022",
            "Illuminance|!not measured|no meter; precondition 3, not counted as 0",
        ],
    )
    cards = (
        Card(
            title="In the firm's words",
            paragraphs=(
                '"On the second half of the night shift the eyes give up; what comes back are scratches and pores."',
            ),
            source="Head of quality (example), 2026-03-17",
        ),
        Card(
            title="Pain",
            paragraphs=(
                "Defects are judged by experience and differently by shift; without sorted samples nothing can be traced to mould and machine.",
            ),
        ),
        Card(
            title="Wish",
            paragraphs=(
                "Scratches, pores and short shots judged and reported automatically, results in the quality system, cycle not below 11.25 s a piece.",
            ),
        ),
    )
    return Chapter(
        number="8.1",
        name="Need N-01: visual inspection",
        finding="Six people inspect by eye and 3.8% of defects pass; collect samples before buying cameras",
        lead="Scenario: quality management★ (level 2 → 3). Step: final inspection of die-cast housings, two stations.",
        blocks=(
            SideBySide(left=(baseline,), right=tuple(Cards(cards=(card,)) for card in cards), left_mm=110),
            table(
                "Table 8-2",
                "Preconditions: without them work does not start",
                ":8|Condition:70|State:52|Who, when:36",
                [
                    "*1|At least 200 samples of each of three defect classes, limits included|!missing: 41 pieces, unsorted|Quality, end of month 2",
                    "*2|Pieces lie in a steady position; cycle varies by 10% at most|met: fixture, measured 6%|confirmed",
                    "*3|Light and network in place: illuminance measured, wired network|!partly: cable laid, light not measured|Equipment, end of month 1",
                ],
            ),
            Paragraph(
                text="Acceptance: on the agreed test set at most 1.0% escapes and 3.0% false rejects for 30 days. All inputs were given by the firm or the consultant and signed, see annex C; no vendor's figures were used."
            ),
        ),
    )


def _evidence() -> Chapter:
    captions = (
        "Machine shop, line 2",
        "Final inspection, station A",
        "Network cabinet",
        "Stock screen (unit prices masked)",
        "Main meter, no interface",
        "Hand-written schedule board",
    )
    photos = tuple(
        Photo(
            sha256=f"{index}1f9b0072278513{index}",
            label=f"E-{index * 3 + 1:03d}",
            caption=caption,
            detail=f"2026-03-17 {10 + index}:42, digest {index}1f9b0072278",
        )
        for index, caption in enumerate(captions)
    )
    rows = [
        f"E-{number:03d}|photo|Machine shop, line {number}, seen from the east door|Q{number % 15 + 1}|2026-03-17 09:{number:02d}|{number}.1 MB|21f9b0072278{number:04d}"
        for number in range(1, 31)
    ]
    return Chapter(
        number="B",
        name="Evidence",
        finding="37 items of evidence: 14 photos, 11 forms, 8 screenshots, 4 contracts",
        lead="Every item is named by its content digest and cannot change once stored; replacing makes a new version.",
        blocks=(
            PhotoGrid(photos=photos),
            table(
                "Table B-1",
                "List of evidence (SHA-256)",
                "No.:14|Kind:14|Content:50|Supports:16|Captured:30|Size:14:r|First 16 digits:28",
                rows,
                note="Full digests travel with the bundle (manifest-sha256.txt) and can be checked with sha256sum.",
            ),
        ),
    )


def _method() -> Chapter:
    return Chapter(
        number="D",
        name="Method",
        finding="Sources, versions, arithmetic, and what is not yet verified",
        lead="",
        blocks=(
            Heading(text="How it is computed"),
            TermList(
                items=(
                    (
                        "Score",
                        "The points of 15 questions are added, 100 at most (basis 50, management 30, results 20). Ratios are compared exactly, never rounded first.",
                    ),
                    (
                        "Level",
                        "The highest level whose three conditions hold at once: score, scenarios at or above it, constrained scenarios among them. A bound belongs to the upper level.",
                    ),
                    (
                        "Plan",
                        "The cheapest set of measures that reaches the target; result questions are not booked in advance.",
                    ),
                )
            ),
            Heading(text="Third-level heading", level=3),
            Paragraph(
                text="No vendor's claims are used; no industry mean stands in for a baseline; missing data are not filled with zeros; no subsidy, loan or benefit is promised."
            ),
        ),
    )


def _pledge() -> Chapter:
    return Chapter(
        number="14",
        name="Statement of truth",
        finding="",
        lead="Checked together before leaving. It records facts and disagreements, no conclusions and no prices.",
        new_page=False,
        blocks=(
            Paragraph(
                text="The enterprise confirms that what it provided is true, complete and agrees with the original records. The consultant confirms that everything recorded was seen, measured or provided, with its source noted item by item."
            ),
            SignatureBoxes(
                boxes=(
                    ("Enterprise", True, "Signature", "Date"),
                    ("Consultant", False, "Signature", "Date"),
                    ("Issuer", True, "Signature", "Date"),
                ),
                seal_label="Seal",
            ),
            Paragraph(text="Two originals, one for the enterprise and one for the issuer.", style="note"),
        ),
    )
