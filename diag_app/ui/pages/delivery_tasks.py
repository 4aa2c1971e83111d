"""What is to do about deliveries, as things that open where each is done: what came back, what two laptops left."""

from __future__ import annotations

from collections.abc import Iterator

from diag_app.operations.assessment import assessment_pack
from diag_app.operations.conflicts import count_conflicts
from diag_app.operations.delivery import Task
from diag_app.operations.enterprise import load_enterprise
from diag_app.ui.models.delivery import task_target, task_words
from diag_app.ui.pages.page import Context, Target
from diag_app.ui.widgets.todo_panel import ToDo


def things_to_do(context: Context, tasks: tuple[Task, ...]) -> Iterator[ToDo]:
    """Return what a city sent back, then the conflicts."""
    for task in tasks:
        yield _sent_back(context, task)
    translate = context.translate
    conflicts = sum((context.session.read(count_conflicts) or {}).values())
    if conflicts:
        words = translate.plural("{count} conflict to decide", "{count} conflicts to decide", conflicts)
        text = translate("Both laptops changed this. Both values are kept until you decide.")
        thing = ToDo(context.theme, words, text, translate("Decide →"), is_refusal=False)
        thing.opened.connect(lambda: context.navigate(Target(page="conflicts")))
        yield thing


def _sent_back(context: Context, task: Task) -> ToDo:
    session, translate = context.session, context.translate
    pack = None if task.assessment_id is None else session.read(assessment_pack, task.assessment_id)
    what, place = task_words(task, pack, translate)
    enterprise = session.read(load_enterprise, task.enterprise_id, translate.language)
    firm = enterprise.profile.name if enterprise else task.firm
    title = translate("Sent back: {firm} · {what}", firm=firm, what=what)
    reason = f"{task.refusal.reason} ({task.refusal.code})" if task.refusal.code else task.refusal.reason
    link = translate("Open {place} →", place=place)
    thing = ToDo(context.theme, title, reason, link, is_refusal=True)
    thing.opened.connect(lambda: context.navigate(task_target(task)))
    return thing
