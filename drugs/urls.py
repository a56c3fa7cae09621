"""Addresses of medicines and classes."""

from django.urls import path

from drugs import views
from drugs.feeds import drug_feed_view

app_name = "drugs"
urlpatterns = [
    path("drugs/", views.DrugListView.as_view(), name="drug_list"),
    # Before the medicines: none of them can have this slug.
    path("drugs/compare/", views.CompareView.as_view(), name="compare"),
    path("drugs/<slug:slug>/", views.DrugView.as_view(), name="drug_detail"),
    path("drugs/<slug:slug>/feed/", drug_feed_view, name="drug_feed"),
    path("classes/", views.ClassListView.as_view(), name="class_list"),
    path("classes/<slug:slug>/", views.ClassView.as_view(), name="class_detail"),
    path("side-effects/", views.SideEffectListView.as_view(), name="side_effect_list"),
    path("side-effects/<slug:slug>/", views.SideEffectView.as_view(), name="side_effect_detail"),
]
