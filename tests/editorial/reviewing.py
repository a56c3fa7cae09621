"""The review screen as a reviewer uses it."""

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from tgsite.editorial.models import Tick

NEW_WORDS = "A sentence that only a clinician may let through."


def screen(task_state: TaskState) -> str:
    """The address of the review screen."""
    return reverse("editorial_review", args=[task_state.pk])


def decide(client: Client, task_state: TaskState, decision: str, **data: object) -> str:
    """Press a button of the review screen with all ticks set; the text of the answer."""
    page = BeautifulSoup(client.get(screen(task_state)).content, "html.parser")
    reasons = {str(one["name"]): "Agreed." for one in page.select("input[name^=reason-]")}
    data = {"ticks": Tick.values, "comment": "", "decision": decision} | reasons | data
    return client.post(screen(task_state), data, follow=True).text
