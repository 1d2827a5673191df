"""A small mapping as YAML, to be changed by tests."""

SMALL = """\
name: small
title: A small layout
version: "1"
retailer: {id: small, name: Small}
currency: {code: USD}
headline:
  - {window_days: 14, touch: click}
fields:
  event_date: {from: Day, required: true}
  impressions: {from: Shown, required: true}
  clicks: {from: Clicked, required: true}
  cost: {from: [Cost, Spend], required: true}
  placement_type: {from: Place, values: {Top: search}, otherwise: other}
outcomes:
  - {metric: revenue, from: Sales, window_days: 14, touch: click}
  - {metric: orders, from: Orders, window_days: 14, touch: click}
"""
