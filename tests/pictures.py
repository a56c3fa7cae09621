"""`make pictures`: takes the pictures of the guide for editors anew, from a site made for it.

Each is a crop of fixed size, so that the guide's templates can name the size. Look at them
afterwards: a crop that still has the right size may show the wrong thing.
"""

from __future__ import annotations

import io
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page, ViewportSize, sync_playwright

from tests.chromium import MISSING, chromium_path
from tests.performance.server import running

FOLDER = Path(__file__).parents[1] / "tgsite/static/img/guide"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb"]
# Dots of the picture for each CSS pixel: sharp on the screens of today.
DENSITY = 2
COLOURS = 64
# As wide as makes a form just fill a picture.
VIEWPORT = ViewportSize(width=976, height=1600)
# The admin's scripts and transitions, after which nothing moves.
SETTLED_MILLISECONDS = 1_500


@dataclass(frozen=True)
class Picture:
    """Who sees it, its size in CSS pixels, and what to do before ``place`` is at its top left.

    ``margin`` is kept free around the place, within the size.
    """

    name: str
    who: str
    width: int
    height: int
    show: Callable[[Page], Locator]
    margin: int = 12


def _checks(page: Page) -> Locator:
    page.get_by_label("Toggle content checks").click()
    panel = page.locator("[data-content-checks]")
    panel.locator("summary").first.click()
    return panel.locator(".checks__group").first


def _source(page: Page) -> Locator:
    page.get_by_role("tab", name="Uses").click()
    field = page.locator("#id_indications-0-confirmed")
    return field.locator("xpath=ancestor::*[contains(@class, 'w-panel__wrapper')][1]")


def _send(page: Page) -> Locator:
    page.locator("footer [data-w-dropdown-target='toggle']").last.click()
    return page.locator("[data-tippy-root]")


def _schedule(page: Page) -> Locator:
    page.get_by_label("Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    # Typing would open the calendar over the dialog.
    page.locator("#id_go_live_at").evaluate("field => { field.value = '2027-01-15 08:00' }")
    return page.locator("#schedule-publishing-dialog .w-dialog__box")


def _changes(page: Page) -> Locator:
    return page.locator("#changes")


def _decision(page: Page) -> Locator:
    for tick in page.locator("[name=ticks]").all()[:4]:
        tick.check()
        tick.blur()
    return page.locator(".review__form")


def _safety(page: Page) -> Locator:
    page.locator("[name=text]").fill(
        "Some lots of this medicine were recalled. Compare the number on your box with the list, "
        "and call your pharmacy if it is there."
    )
    source = page.locator("[name=source]")
    source.fill("FDA recall notice, May 3, 2026")
    source.blur()
    return page.locator("#safety-put")


def _history(page: Page) -> Locator:
    # Wide enough that the links of a version stand in few lines.
    page.set_viewport_size({"width": 1280, "height": VIEWPORT["height"]})
    return page.locator(".milestone").first


PICTURES = (
    Picture("checks", "ann", 349, 450, _checks),
    Picture("source", "ann", 602, 424, _source),
    Picture("send", "mona", 300, 167, _send, margin=0),
    Picture("changes", "rita", 640, 380, _changes),
    Picture("decision", "rita", 640, 450, _decision),
    Picture("schedule", "mona", 584, 400, _schedule, margin=-8),
    Picture("safety", "mona", 640, 452, _safety),
    Picture("history", "ann", 560, 525, _history),
)


def main() -> None:
    """Make the site, take every picture or those that are named, end the site."""
    wanted = sys.argv[1:]
    chromium = chromium_path()
    if chromium is None:
        sys.exit(f"{MISSING}.")
    password = secrets.token_urlsafe(12)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="guide-pictures-") as directory:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tgsite.settings",
            "DEBUG": "1",
            "VAR_DIR": directory,
            "DATABASE_URL": f"sqlite:///{directory}/guide.sqlite3",
            "CACHE_URL": "locmemcache://",
            "EMAIL_URL": "dummymail://",
        }
        _say("Preparing a site with the starter content ...")
        _manage(environment, "migrate", "--verbosity", "0")
        _manage(environment, "load_content", "--verbosity", "0")
        prepare = f"from tests.pictured_site import prepare; prepare('{password}')"
        addresses = json.loads(
            _manage(environment, "shell", "--verbosity", "0", "--command", prepare)
        )
        with running(environment) as port, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            for picture in PICTURES:
                if not wanted or picture.name in wanted:
                    address = f"http://127.0.0.1:{port}"
                    _take(browser, address, password, picture, addresses[picture.name])
            browser.close()


def _take(browser: Browser, site: str, password: str, picture: Picture, address: str) -> None:
    context = browser.new_context(
        base_url=site,
        viewport=VIEWPORT,
        device_scale_factor=DENSITY,
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/admin/login/")
    page.locator("#id_username").fill(picture.who)
    page.locator("#id_password").fill(password)
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    place = picture.show(page)
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    box = place.bounding_box()
    if box is None:
        raise RuntimeError(f"What the picture “{picture.name}” shows is not on the screen.")
    clip: FloatRect = {
        "x": round(box["x"]) - picture.margin,
        "y": round(box["y"]) - picture.margin,
        "width": picture.width,
        "height": picture.height,
    }
    _store(picture.name, page.screenshot(clip=clip, animations="disabled", caret="hide"))
    context.close()


def _store(name: str, taken: bytes) -> None:
    """With few colours: text on plain ground needs no more, and stays small."""
    path = FOLDER / f"{name}.png"
    with Image.open(io.BytesIO(taken)) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE)
    few.save(path, optimize=True)
    _say(f"{path.name}: {path.stat().st_size:,} bytes")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _manage(environment: Mapping[str, str], *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *arguments],
        env=dict(environment),
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


if __name__ == "__main__":
    main()
