"""Words that talk to a model instead of about the work. They are data here whatever they say; the user is told."""

import re

from campaigns.creative.folding import foldings

ORDERS = re.compile(
    r"(?:ignore|disregard|forget|override|bypass|skip)\W{1,3}(?:\w+\W{1,3}){0,4}?(?:instructions?|prompts?|rules?|polic(?:y|ies)|"
    r"constraints?|guardrails?|guidelines?|above|previous|prior|safety|context)"
    r"|(?:system|developer|assistant|admin(?:istrator)?) ?(?:prompt|message|override|mode|note)\b"
    r"|you (?:are|'re) (?:now|no longer)"
    r"|act as (?:an? |the )?(?:\w+ )?(?:admin|root|owner|system|dan|developer|different)"
    r"|pretend (?:to be|you)|new (?:instructions?|task|role)\s*:|jailbreak|do anything now|developer mode|sudo\b"
    r"|<\|?/?(?:im_start|im_end|system|user|assistant|tool|endoftext|s)\|?>|\[/?(?:inst|sys)\]|###\s*(?:system|instruction)"
    r"|(?:call|invoke|run|execute|use) (?:the )?(?:tool|function)s?\b|tool_calls?\b"
    r"|\"name\"\s*:\s*\"[a-z_]+\"\s*,\s*\"arguments\""
    r"|(?:reveal|print|show|repeat|leak|output|tell me|give me|exfiltrate)\W{1,3}(?:\w+\W{1,3}){0,4}?"
    r"(?:system prompt|instructions|secrets?|passwords?|api keys?|tokens?|credentials?|other tenants?'?s?)"
    r"|(?:switch|change|set|use) (?:the )?(?:tenant|workspace|schema|search_path)|(?:other|another|all) tenants?'?s?\b"
    r"|(?:approve|export|publish|delete|drop|transfer|wire)\W{1,3}(?:\w+\W{1,3}){0,4}?"
    r"(?:without (?:asking|approval|review|telling)|immediately|automatically|silently)"
    r"|without (?:any )?(?:human )?(?:approval|review|asking|permission)"
    r"|;\s*(?:drop|delete|update|insert|alter|grant)\s|union\s+select|<script|javascript:|data:text/html|\{\{.{0,60}\}\}|\$\{.{0,60}\}"
)


def orders_in(*, text: str) -> tuple[str, ...]:
    """Phrases that read like orders to a model; empty for ordinary text."""
    return tuple(
        dict.fromkeys(found.group().strip() for folded in foldings(text) for found in ORDERS.finditer(folded.text))
    )
