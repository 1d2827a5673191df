"""How people ask for copy, and how brands and retailers want it."""

# ``{format}`` is a word of the trade or "ad"; facts are in slots already.
ASKS = (
    "write [a|one|an] {format} for ~t1~. benefit: ~t2~. occasion: ~t3~",
    "[we need|i need|need] [a|an|one] {format} [about|on|for] ~t1~, [key benefit|benefit|claim]: ~t2~, [for|occasion:|moment:] ~t3~",
    "product: ~t1~; benefit: ~t2~; occasion: ~t3~; [format|type|unit]: {format}",
    "[draft|create|make|produce|propose] [a|an|the] {format}: ~t1~ [with|featuring|-] ~t2~, [for|made for|perfect for] ~t3~",
    "{format} [please|needed|copy|]: ~t1~ / ~t2~ / ~t3~",
    "~t1~ [has|offers|comes with] ~t2~ and [fits|suits|is for] ~t3~. [write|draft|make] [a|an|the] {format}",
    "[can you|could you|please] [write|do|draft|prepare] [a|an|the] {format} [that sells|promoting|to promote] ~t1~ ([benefit|plus]: ~t2~, [occasion|use]: ~t3~)",
    "[copy|text|wording] for [a|an|our] {format}. [item|product|sku] ~t1~, [why|benefit|selling point] ~t2~, [when|occasion|use] ~t3~",
    "[brief|request|task]: {format}, [product|item] ~t1~, [message|benefit|promise] ~t2~, [context|occasion|usage] ~t3~",
    "[advertise|promote|push] ~t1~ [because of|with|thanks to] ~t2~ [to people who want|for|around] ~t3~ [in|with|as] [a|an] {format}",
    "[looking for|searching|after] [one|a|an] {format}[,|:| -] ~t1~, [bonus|plus|edge] ~t2~, [scene|setting|moment] ~t3~",
    "[show|pitch|sell] ~t1~ [around|at|for] ~t3~ [by|using|through] [a|an] {format}, [mention|stress|highlight] ~t2~",
    "{format} | ~t1~ | ~t2~ | ~t3~",
    "- [product|item]: ~t1~\n- [benefit|claim|plus]: ~t2~\n- [occasion|moment|use]: ~t3~\n- [format|type]: {format}",
    "[format|type]: {format}. [product|item]: ~t1~. [benefit|claim]: ~t2~. [occasion|moment]: ~t3~",
    "[kindly|please|pls] [write|prepare|share|draft] [a|one] {format} for ~t1~, [benefit|plus] ~t2~, [occasion|use] ~t3~",
    "[i'd|we'd] [like|love] [a|an] {format} [about|for|on] ~t1~, [with|because of] ~t2~, [for|around] ~t3~",
    "[because|since] ~t1~ [has|comes with] ~t2~, [it fits|it suits|people buy it for] ~t3~. [write|make|do] [a|the] {format} [please|of that|]",
    "[could|would] ~t1~ [with|and its] ~t2~ for ~t3~ [make|be] a [good|nice] {format}? [write it|draft one|go ahead] [please|]",
    "~t1~. ~t2~. ~t3~. [make|write] [that|this] [a|into a] {format}",
    "[need|want|wanted] {format} [asap|today|now|]: ~t1~, ~t2~, ~t3~",
    "[a|one] {format} [is needed|is missing|must be written] for ~t1~: [benefit|claim] ~t2~, [occasion|moment] ~t3~",
    "[launching|relaunching|pushing] ~t1~ (~t2~) for ~t3~, [need|want] [a|one] {format}",
    "[turn|make] ~t1~ / ~t2~ / ~t3~ into [a|one] {format}",
)
PLAIN_FORMATS = ("ad", "creative", "piece of copy", "headline and body", "banner text", "text")
HEADLINES = {
    "": "~t2~ ~t1~ for ~t3~",
    "amazon": "~t1~: ~t2~ for ~t3~",
    "walmart": "~t2~ ~t1~",
    "instacart": "~t1~",
}
BODIES = {
    "": "~t1~ with ~t2~.",
    "acme": "Good food, made simply: ~t1~ with ~t2~. Acme Foods.",
    "globex": "Care that keeps up with you. ~t1~, now with ~t2~. From Globex Care.",
    # Imaginary brands that the shared adapters practise beside.
    "practice_birch": "~t1~ and ~t2~, from the people of Birch.",
    "practice_corvo": "Corvo brings you ~t2~ in every ~t1~, no fuss.",
    "practice_dune": "Made for your day by Dune: ~t1~ with ~t2~!",
}
CALLS = {
    "": "Shop now",
    "acme": "Taste it today",
    "globex": "Discover the range",
    "practice_birch": "See it in store",
    "practice_corvo": "Order yours",
    "practice_dune": "Try it now",
}
LIMIT_ASKS = (
    "how [long|many characters] may [a|the|our] {part} be?",
    "[maximum|max] [length|characters|size] of [a|the] {part}",
    "[what is|what's|tell me] the [limit|length limit|character limit|maximum] [for|of|on] [a|the] {part}?",
    "{part} [limit|length|character limit|max length|maximum]?",
    "[character|length] [limit|limits|cap] for [a|the] {part}",
    "is there a [limit|cap|maximum] on [the|a] {part}?",
    "[how short|how brief] must [a|the] {part} be?",
    "[rule|rules|policy|requirement] [for|on] {part} length",
    "[up to|within] how many characters [must|should|can] [a|the] {part} [stay|be|fit]?",
    "[number|count] of characters [possible|allowed|permitted] in [a|the] {part}?",
    "[when|at what length] is [a|the] {part} [cut off|refused|too long]?",
    "{part}: [max|how long|limit|characters]?",
    "| {part} | [max|limit] | ? |",
    "[kindly|please|pls] [confirm|share|tell] [the |][limit|max length|character limit] [of|for] {part}",
    "[could|can] you [check|tell me|look up] [the|how long a] {part} [limit|may be|can get]?",
    "[my|our] {part} [may be too long|looks long|is long], [what is|what's] the [limit|maximum]?",
    "[characters|signs|letters] [allowed|permitted|available] [in|for] [a|the] {part}",
    "[does|will] [a|the] {part} [get cut|have a limit|have a maximum length]?",
    "[longest|maximum] [possible|allowed] {part}[?|]",
    "[i'm|we're] writing [a|the] {part}, how [much room|many characters] [do we have|is there]?",
)
LIMITS = {
    "headline": {"amazon": 50, "walmart": 45, "instacart": 22},
    "brand name": {"amazon": 30, "walmart": 35, "instacart": 29},
}
CHECK_ASKS = (
    "check: {copy}", "[may|can|could] we [run|say|use|publish]: {copy}?", "[is|would] this [ok|fine|allowed|compliant]: {copy}",
    "[review|look at|verify|vet] {copy}", "copy: {copy}", "[does|will] {copy} [pass|go through|get approved]?", "{copy} - [ok|fine|allowed|compliant]?",
    "[compliance|policy] check for {copy}", "[please |]check [this|the] [headline|line|copy]: {copy}",
    "[kindly|please|pls] [check|verify|approve|review]: {copy}", "[legal|compliance|policy], [ok|yes or no|fine]? {copy}", "| copy | {copy} |", "{copy}: [yes or no|allowed|problem|any issue]?",
    "[any|is there a|do you see a] [problem|concern|issue|risk] with {copy}?", "[i wrote|we wrote|the agency sent] {copy}. [ok|fine|allowed|is it ok]?",
    "[would|will] the retailer [accept|refuse|reject] {copy}?", "[headline|line|text|claim] [to check|for review|for approval]: {copy}", "[before|until] we [publish|run it], [check|review] {copy}",
    "[tell me|say] [if|whether] {copy} [is fine|is allowed|may run]", "[what is wrong|what's wrong|anything wrong] with {copy}?",
)  # fmt: skip
CONCERNS = {
    "unsupported_claim": (
        "the best ~t1~ [ever|you can buy|in town|there is|on the market]",
        "[america's|the world's|the nation's|our] #1 ~t1~",
        "the top-selling ~t1~",
        "[clinically|scientifically] proven ~t1~",
        "[number one|award-winning|unbeatable|unrivalled] ~t1~",
        "~t1~ [cures|heals|prevents] ~t2~",
        "the [most loved|most trusted|healthiest|only real] ~t1~",
        "guaranteed ~t2~ with ~t1~",
    ),
    "urgency": (
        "last chance [for|to get] ~t1~",
        "don't miss [out on |]~t1~",
        "[hurry|act fast|act now|be quick], ~t1~ [sells out|ends|goes] [soon|today|fast]",
        "only today: ~t1~",
        "[limited time|while stocks last|final hours]: ~t1~",
        "~t1~ - [ends tonight|gone tomorrow|now or never]",
        "[selling|going|moving] [quickly|fast]: [buy|get|grab] ~t1~ [today|now]",
    ),
    "contact": (
        "[call|phone|ring|text] [us |]~number~~n1~ for ~t1~",
        "~t1~ at www.~t2~.com",
        "[write|mail|e-mail] us at hello@~t1~.com",
        "[visit|see|go to] our [own shop|website|site|web store] for ~t1~",
        "~t1~ - [scan|dm|whatsapp] us",
        "[follow|find] us @~t1~ for more",
    ),
    "competitor": (
        "[better|cheaper|fresher|stronger|tastier] than ~b1~: ~t1~",
        "~t1~ [beats|outperforms|replaces|outclasses] ~b1~",
        "[forget|ditch|skip|leave] ~b1~, [try|get|choose] ~t1~",
        "unlike ~b1~, ~t1~ has ~t2~",
        "~t1~: what ~b1~ [wishes it were|can't do|never was]",
    ),
    "click_bait": (
        "click here for ~t1~",
        "[tap|press|click] now: ~t1~",
        "you won't believe ~t1~",
        "[one weird|this one|a simple] trick with ~t1~",
        "~t1~ [will shock|will amaze|stuns] you",
        "[doctors|experts] hate ~t1~",
    ),
}
FINE = (
    "~t2~ ~t1~ for ~t3~", "~t1~: ~t2~ for ~t3~", "~t1~ with ~t2~", "[discover|meet|try|enjoy|taste|explore|find] ~t1~", "~t1~ for ~t3~, now with ~t2~",
    "[made|baked|brewed|crafted|grown] for ~t3~: ~t1~", "[new|now in store|back again]: ~t1~ with ~t2~", "~t2~ [every day|each morning|for the whole family]",
    "~t1~ [from|by] ~b1~", "[simple|everyday|honest|crunchy|fresh|gentle] ~t1~ for ~t3~",
    '[the|a|your] [new|weekly|daily] ~t1~, [packed|ready|made] for ~t3~',
    '~t1~. [nothing else|just ~t2~|plain and simple]',
)  # fmt: skip
PARTS = {
    "headline": ("headline", "title", "header line", "heading"),
    "brand name": ("brand name", "brand field", "name of the brand", "brand line"),
}
