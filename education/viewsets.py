"""The admin screens of articles and glossary terms, grouped as an editor thinks."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from education.models import Article, GlossaryTerm
from tgsite.editorial.panels import edit_screen, group
from tgsite.editorial.viewsets import REVIEW_COLUMNS, EntryViewSet


class ArticleViewSet(EntryViewSet):
    """Articles."""

    model = Article
    icon = "doc-full"
    menu_label = _("Articles")
    list_display = ["title", "kind", *REVIEW_COLUMNS]
    list_filter = ["live", "kind", "reviewed_on", "review_due"]
    search_fields = ["title", "summary", "search_aliases"]
    list_export = ["title", "slug", "kind", "live", "reviewed_on", "review_due"]
    edit_handler = edit_screen(
        (
            _("Article"),
            [
                TitleFieldPanel("title", targets=["slug"]),
                group(_("Where it stands"), "slug", "kind", "topics"),
                group(_("The answer first"), "summary", "key_points"),
                FieldPanel("body"),
                group(_("Research news"), "reported_on", "evidence_level", "unchanged"),
                group(_("At the end"), "what_you_can_do", "not_known"),
            ],
        ),
        (
            _("Related"),
            [
                group(
                    _("Where to read on"), "related_drugs", "related_classes", "related_articles"
                ),
            ],
        ),
    )


class GlossaryTermViewSet(EntryViewSet):
    """Glossary terms."""

    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    list_display = ["term", "definition", *REVIEW_COLUMNS]
    list_filter = ["live", "link_on_pages", "reviewed_on", "review_due"]
    search_fields = ["term", "other_names", "definition", "search_aliases"]
    list_export = ["term", "slug", "definition", "live", "reviewed_on", "review_due"]
    edit_handler = edit_screen(
        (
            _("Term"),
            [
                TitleFieldPanel("term", targets=["slug"]),
                group(_("Names"), "slug", "other_names", "pronunciation", "link_on_pages"),
                group(_("What it means"), "definition", "explanation"),
            ],
        ),
    )


class LibraryGroup(SnippetViewSetGroup):
    """The menu of what explains the medicines."""

    menu_label = _("Library")
    menu_icon = "list-ul"
    menu_order = 110
    items = (ArticleViewSet, GlossaryTermViewSet)
