"""Small display helpers shared by all apps."""

from django import template

register = template.Library()
