"""What stands around the wishes: greetings, background, figures that are no constraint, farewells."""

GREETINGS = (
    "hi,", "hi team,", "hello,", "hey,", "hi there,", "dear all,", "good morning,", "morning!", "hey team -", "hello everyone,",
    "brief:", "new brief.", "next campaign:", "please plan the following.", "here is the brief:", "as discussed:",
    "quick one:", "request:", "task:", "fyi and for action:", "planning request -", "could you help?", "for your planning:",
)  # fmt: skip
FAREWELLS = (
    "thanks!", "thank you", "cheers", "best, anna", "many thanks", "let me know", "talk soon", "thx", "regards, tom",
    "please send it by friday", "happy to discuss", "call me with questions", "that's it", "that is all", "thanks in advance",
    "ping me if anything is unclear", "over to you", "tia", "best regards", "looking forward to it",
)  # fmt: skip
# Figures here are background: no constraint may take them.
BACKGROUND = (
    "[last|the previous|the past] [year|quarter|month|period|time] we [spent|invested|used|ran with|had] {money}",
    "[last|the previous] [year|quarter|flight|campaign] [cost|was|came to|ran at] {money}",
    "[currently|today|right now|at the moment] [roas|our roas|the return] is [at |around |]{rate}",
    "[last|the previous] [quarter|year|campaign] [roas|the roas|return] was {rate}",
    "[we have|there are|with] {count} [skus|products|items|campaigns|asins|ad groups]",
    "[our|the] team of {count} [will review|is waiting|looks at it]",
    "[sales|revenue|orders] [grew|fell|were up|were down|dropped] {share} [last|in the last] [year|quarter|month]",
    "[we sell|we launched|our range has] {count} [products|flavours|sizes|variants]",
    "[our|the] [market share|share of shelf|conversion rate|ctr] is [about |around |]{share}",
    "[we|the team] met [on|last] [monday|tuesday|friday|thursday] to discuss this",
    "[competition|a competitor|the category leader] [spends|invests|puts in] [about |around |]{money}",
    "[it is|this is] [important|urgent|a big one|for the board|a key launch|a test of the process]",
    "[the|our] [product|range|brand] is [new|seasonal|well known|growing|under pressure|a bestseller]",
    "[we|you] [did|made] a similar plan [last|in the last] [year|quarter|spring]",
    "[average|the average|our] [price|basket|order value] is {money}",
    "[margin|our margin|gross margin] is {share}",
    "[after|because of] [a weak|a strong|a slow] [quarter|season|year]",
    "[the|our] [deck|file|sheet] has {count} [pages|tabs|rows]",
)
# Between wishes.
LINKS = (
    ", ",
    "; ",
    ". ",
    ", and ",
    " and ",
    ", with ",
    ". also, ",
    ", plus ",
    " - ",
    "\n",
    "\n- ",
    "\n• ",
    ". then ",
    ", but ",
    ". moreover, ",
    ". and ",
    ", please ",
    ". please ",
    " / ",
    ". we also need: ",
    ". second, ",
)
