"""Mappings with any key can be shown."""

from django.template import Context, Template

SHOWN = Template("{% load pairs %}{% for name, value in values|pairs %}{{ name }}={{ value }} {% endfor %}")


def test_key_called_items_is_a_key_like_others():
    assert SHOWN.render(Context({"values": {"items": 82, "sku": "A"}})) == "items=82 sku=A "


def test_nothing_shows_nothing():
    assert SHOWN.render(Context({"values": {}})) == ""
