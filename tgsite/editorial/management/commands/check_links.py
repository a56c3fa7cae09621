"""`manage.py check_links`: ask the addresses of other sites whether they still answer."""

import json
from argparse import ArgumentParser
from collections import Counter
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tgsite.editorial.link_checking import Visitor, check_links
from tgsite.editorial.models import LinkCheck
from tgsite.editorial.outside_links import outside_links


class Command(BaseCommand):
    """For a daily cron line: each address is asked at most once a day."""

    help = (
        "Ask every address of another site that the guide holds, at most once a day. What is dead "
        "or moved stands in the admin under Reports. Ends with an error only when nobody answered."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, and in what form."""
        parser.add_argument("--limit", type=int, help="Ask at most so many, longest waiting first.")
        parser.add_argument("--json", action="store_true", help="Print the counts as JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Ask, keep, and print counts. ``CommandError`` when the network seems to be down."""
        limit = options["limit"]
        if limit is not None and limit < 1:
            raise CommandError("--limit: a number from 1.")
        with Visitor() as visitor:
            outcome = check_links((one.address for one in outside_links()), visitor, limit)
        today = timezone.localdate()
        checks = LinkCheck.objects.all()
        states = Counter("ignored" if one.is_ignored(today) else one.state.value for one in checks)
        if options["json"]:
            self.stdout.write(
                json.dumps({**asdict(outcome), "states": dict(sorted(states.items()))})
            )
        else:
            counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            self.stdout.write(f"{outcome.asked} asked, {outcome.failed} failed. Now: {counts}.")
        if outcome.network_down:
            raise CommandError("No address answered: could not check, and no link is blamed.")
