"""Addresses of articles and the glossary."""

from django.urls import path

from education import views

app_name = "education"
urlpatterns = [
    path("learn/", views.ArticleListView.as_view(), name="article_list"),
    path("learn/<slug:slug>/", views.ArticleView.as_view(), name="article"),
    path("glossary/", views.GlossaryView.as_view(), name="glossary"),
    path("glossary/<slug:slug>/", views.TermView.as_view(), name="term"),
]
