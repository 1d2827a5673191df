"""Ways out of the ad: addresses, numbers, handles, hashtags; and personal data."""

import re
from dataclasses import dataclass

from campaigns.creative.advert import Creative
from campaigns.creative.checks.parameters import PackError, Parameters
from campaigns.creative.checks.phrases import BLANK
from campaigns.creative.folding import foldings
from campaigns.creative.rules import Finding

ENDINGS = (
    "com|net|org|io|co|shop|store|example|info|biz|us|uk|de|fr|es|it|ca|au|jp|in|tv|app|me|ai|eu"
    "|test|invalid|site|online|link|ly|gl"
)
EMAIL = re.compile(
    r"[a-z0-9_.+\-]{1,64}@[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4}"
    r"|[a-z0-9_.]{1,40} ?[(\[]at[)\]] ?[a-z0-9\-]{1,63}(?: ?[(\[]?(?:dot|\.)[)\]]? ?[a-z]{2,10})"
    r"|[a-z0-9_.]{1,40} at [a-z0-9\-]{1,63} dot (?:com|net|org|io)"
)
PATTERNS = {
    "email": EMAIL,
    "web_address": re.compile(
        rf"https?:\s?//\S{{1,300}}|www\s?\.\s?\S{{1,300}}|"
        rf"(?<![\w@.])(?:[a-z0-9][a-z0-9\-]{{0,62}}\.){{1,4}}(?:{ENDINGS})(?![\w.]\w)(?:/\S{{0,200}})?"
        r"|[a-z0-9\-]{2,63} dot (?:com|net|org|io)(?!\w)"
        r"|(?:our|my|the brand's|brand) (?:web ?site|site|home ?page)(?!\w)|visit us online"
    ),
    "phone": re.compile(
        r"(?<![\w.])(?:\+?\d{1,3}[\s.\-]{0,2})?(?:\(\d{3}\)\s?|\d{3}[\s.\-])\d{3}[\s.\-]\d{4}(?!\w)|\+\d[\d\s().\-]{7,17}\d"
        r"|(?<!\w)(?:1[\s.\-])?8(?:00|33|44|55|66|77|88)[\s.\-][a-z0-9]{2,4}[\s.\-]?[a-z0-9]{3,5}(?!\w)"
        r"|(?:call|text|phone|dial|tel|ring|sms)\W{1,3}(?:us at |us on |now )?\+?\d[\d\s().\-]{4,15}\d"
    ),
    "handle": re.compile(
        r"(?<![\w.@])@[a-z0-9_.]{2,30}|(?:follow|find|like|join|dm|message|tag) us on \w{2,20}"
        r"|(?:on|our) (?:instagram|facebook|tiktok|twitter|youtube|snapchat|pinterest|whatsapp)(?!\w)"
    ),
    "hashtag": re.compile(r"(?<![\w&])#\w{0,40}[a-z]\w{0,40}"),
    "qr_code": re.compile(r"(?<!\w)(?:qr codes?|scan (?:the|this|our) code)(?!\w)"),
    "membership": re.compile(
        r"(?:join|sign up for|become a member of|enroll in|subscribe to) (?:our|the|my) (?:[\w&]{1,20} ){0,3}?"
        r"(?:club|rewards?|loyalty|membership|newsletter|program)(?!\w)"
    ),
}
HOST = re.compile(r"^(?:https?://)?(?:www\.)?")
DESKS = (
    "info hello hi contact care support help sales team press marketing service customerservice "
    "customercare office orders shop store admin feedback consumer media jobs mail webmaster noreply"
)
ROLES = frozenset(DESKS.split())
FREE_MAIL = re.compile(r"@(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|me|aol|gmx|proton|protonmail|msn)\.")
CARD = re.compile(r"(?<!\d)(?:\d[ \-]?){12,18}\d(?!\d)")
SSN = re.compile(r"(?<![\d\-])(?!000|666|9\d\d)\d{3}[\- ](?!00)\d{2}[\- ](?!0000)\d{4}(?![\d\-])")
IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,4})?(?!\w)")
BORN = re.compile(r"(?<!\w)(?:dob|date of birth|born on)\W{1,3}\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")
HOME = re.compile(
    r"(?<!\w)\d{1,5} (?:[a-z]+ ){1,3}(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd)(?:\.|,| )+"
    r"(?:apt|unit|[a-z]+,? [a-z]{2} \d{5})"
)


@dataclass(frozen=True, kw_only=True)
class ContactCheck:
    """None of these ways out, in any field but the click address.

    Attributes:
        kinds: of ``PATTERNS``.
        own_hosts: addresses of the retailer itself, which may be named.
    """

    kinds: tuple[str, ...]
    own_hosts: tuple[str, ...] = ()

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [finding for name, text in creative.copy.items() for finding in self._in(name, text)]

    def _in(self, name: str, text: str) -> list[Finding]:
        folded = foldings(text)[0]
        found = []
        for kind in self.kinds:
            plain = folded.text if kind == "email" else EMAIL.sub(lambda one: BLANK * len(one.group()), folded.text)
            for match in PATTERNS[kind].finditer(plain):
                if HOST.sub("", match.group()).split("/")[0] not in self.own_hosts:
                    start, end = folded.span(*match.span())
                    found.append(Finding(field=name, start=start, end=end, why=f"{kind.replace('_', ' ')}"))
        return found


@dataclass(frozen=True, kw_only=True)
class PersonalDataCheck:
    """No data of a person. ``all_contacts`` also stops business numbers and addresses, where no other rule does."""

    all_contacts: bool

    def findings(self, creative: Creative, /) -> list[Finding]:
        return [finding for name, text in creative.copy.items() for finding in self._in(name, text)]

    def _in(self, name: str, text: str) -> list[Finding]:
        folded = foldings(text)[0]
        spans = [(found.span(), "social security number") for found in SSN.finditer(folded.text)]
        spans += [(one.span(), "payment card") for one in CARD.finditer(folded.text) if _passes_luhn(one.group())]
        spans += [(one.span(), "bank account") for one in IBAN.finditer(folded.text) if _passes_mod_97(one.group())]
        spans += [(one.span(), "date of birth") for one in BORN.finditer(folded.text)]
        spans += [(one.span(), "home address") for one in HOME.finditer(folded.text)]
        spans += [
            (one.span(), "e-mail address")
            for one in EMAIL.finditer(folded.text)
            if self.all_contacts or _is_personal(one.group())
        ]
        if self.all_contacts:
            spans += [(one.span(), "phone number") for one in PATTERNS["phone"].finditer(folded.text)]
        return [
            Finding(field=name, start=start, end=end, why=what)
            for (start, end), what in ((folded.span(*span), what) for span, what in spans)
        ]


def _is_personal(email: str) -> bool:
    """A mailbox of a person rather than of a desk."""
    mailbox = re.split(r"[@(\[ ]", email)[0]
    return bool(FREE_MAIL.search(email)) or (
        mailbox not in ROLES and bool(re.fullmatch(r"[a-z]+[._][a-z]+\d*", mailbox))
    )


def _passes_luhn(number: str) -> bool:
    digits = [int(digit) for digit in number if digit.isdigit()][::-1]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[1::2]]
    return digits[-1] in {3, 4, 5, 6} and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _passes_mod_97(account: str) -> bool:
    plain = account.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def build(parameters: Parameters) -> ContactCheck:
    kinds = parameters.texts("kinds")
    if unknown := set(kinds) - set(PATTERNS):
        raise PackError(f"unknown kinds of contact: {', '.join(sorted(unknown))}")
    return ContactCheck(kinds=kinds, own_hosts=parameters.texts("own_hosts"))


def build_personal(parameters: Parameters) -> PersonalDataCheck:
    return PersonalDataCheck(all_contacts=parameters.flag("all_contacts"))
