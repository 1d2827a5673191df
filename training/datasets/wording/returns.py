"""How people ask for returns, reserves, calm and stock."""

from training.datasets.wording import registers, returns_more, testing_more

ROAS = (
    "[roas|return on ad spend|return on spend|the roas|our roas|return on advertising spend] [of |][at least|min|minimum|no less than|not less than|>=|above|over|no lower than|north of] {rate}",
    "[at least|minimum|min|no less than|not below] [a |an |] {rate} [roas|return on ad spend|return on spend|return]",
    "[keep|hold|maintain|ensure|guarantee|deliver|hit|reach|achieve|get] [a |an |][roas|return on ad spend|return] [of |][at least |above |over |at or above |] {rate}[ or better| or more| or higher|]",
    "[roas|return on ad spend|return] [must|should|has to|needs to|may|can] [not |never ][drop|fall|go|be|dip|sink|slip] [below|under|beneath] {rate}",
    "[roas|return on ad spend|target roas|roas target|roas floor|min roas|minimum roas|roas goal|roas hurdle][:| is| =| of| -| at|] {rate}",
    "[we|i] [need|want|expect|require|must see|have to get] [at least |a minimum of |no less than |][a |an |]{rate} [roas|return on ad spend|return]",
    "[don't|do not|never] [accept|allow|let us have|settle for|go for] [a |any |][roas|return] [below|under|lower than|worse than|less than] {rate}",
    "[roas|the return] {rate} or [better|more|higher|above|greater]",
    "[earn|make|bring back|get back|bring in] [at least|no less than|a minimum of] {rate} [in return |back |]on ad spend",
    "[a |an |]{rate} [roas|return on ad spend] [minimum|floor|or better|at least|at minimum|is the floor|is the minimum|is our hurdle]",
    "[roas|return on ad spend] [shouldn't|mustn't|can't|cannot] [fall|drop|go|be|get] [below|under|lower than] {rate}",
    "[the |our |][hurdle|floor|minimum|threshold|target] [for|on] [roas|return on ad spend|the return] [is|:|of|stands at|=] {rate}",
    "[anything|everything|a plan] [under|below] [a |]{rate} [roas|return on ad spend] [is no good|won't fly|is not acceptable|doesn't work|is out]",
    "[make sure|ensure|see to it that|provided|as long as|so long as] [roas|the roas|return on ad spend|the return] [stays|is|remains|comes in|lands] [at or above|above|over|at least|no lower than|at] {rate}",
    "[every|each] [dollar|euro|pound|unit of spend] [must|should|has to|needs to] [return|bring back|earn|come back as] [at least |] {rate}",
    "[roas|return] [>|>=|≥|=>] {rate}",
    "with [a |an |][roas|return on ad spend|return] [of|at|above|over|no lower than] {rate}",
    "{rate} roas",
    "[profitability|efficiency] [guardrail|rule|bar]: [roas|return on ad spend] [at least|>=|min|above] {rate}",
    *returns_more.ROAS,
    *registers.said("roas_floor"),
)
CPA: tuple[str, ...] = (
    "[cpa|cost per order|cost per acquisition|cost per purchase|cost per conversion|cost per sale] [of |][at most|below|under|max|maximum|no more than|not more than|up to|<=|<|less than] {money}",
    "[max|maximum|highest|top] [cpa|cost per order|cost per acquisition|cost per purchase|cost per conversion] [of|:|is|=|at|] {money}",
    "[keep|hold|get|bring] [the |our |][cpa|cost per order|cost per acquisition|cost per conversion|cost per sale] [under|below|at or below|at most|down to|within|beneath] {money}",
    "[cpa|cost per order|cost per acquisition|cost per purchase] [must|should|has to|needs to|may] [not exceed|stay under|stay below|remain below|never exceed|not go above|be under] {money}",
    "[an|each|every|a single] order [may|can|should|must] [cost|not cost more than|cost us at most|cost at most|cost no more than] {money}",
    "[don't|do not|never|we won't] pay more than {money} [per|for each|for an|for every] [order|sale|conversion|purchase|acquisition]",
    "[pay|spend] [at most|no more than|up to|a maximum of] {money} [per|for each|for an] [order|sale|conversion|purchase|acquisition]",
    "{money} [cpa|cost per order|cost per acquisition|per order] [max|maximum|ceiling|cap|tops|limit|at most]",
    "[cpa|cost per order|cost per acquisition] [ceiling|cap|limit|target|goal][:| of| is| =|] {money}",
    "[cpa|cost per order] [can't|cannot|mustn't|shouldn't] [be over|exceed|go over|go above|be more than] {money}",
    "[acquiring|winning|getting] an order [for|at] [less than|under|no more than|at most] {money}",
    "[an|one|each] [sale|order] [beyond|over|above] {money} [loses money|is too expensive|is too much]",
    "[i|we] [can't|cannot|won't] [accept|afford] [more than|over|above] {money} [per|for an|an] [acquisition|order]",
)
CPA = (
    tuple(
        each.replace(
            "may|can|should|must] [cost|not cost more than|cost us at most|cost at most|cost no more than]",
            "may|can|should|must] [not cost more than|cost us at most|cost at most|cost no more than]",
        )
        for each in CPA
    )
    + returns_more.CPA
    + registers.said("cpa_ceiling")
)
RESERVE: tuple[str, ...] = (
    "[keep|hold|set|reserve|leave|put|save|earmark|ring-fence|dedicate|carve out|withhold] [back |aside |] {size} [for|to|towards] [experiments|testing|tests|an experiment|experimentation|incrementality tests|learning]",
    "[hold|keep|set|put|leave] {size} [back|aside|in reserve] [for|to fund] [experiments|testing|tests|experimentation|learning|geo tests]",
    "{size} [for|to|goes to|should go to|goes into|is for] [experiments|testing|tests|experimentation|incrementality testing|a/b tests]",
    "[experiment|test|testing|experimentation|learning] [budget|reserve|share|fund|pot][:| of| is| =| -] {size}",
    "[reserve|reserved|experiments|tests|testing][:| =| -] {size}",
    "[with|including|plus] [a |an |]{size} [experiment|test|testing|experimentation|learning] [reserve|budget|fund|pot|share]",
    "[use|spend|devote|dedicate] {size}[ of the budget| of it| of spend|] [on|for|to] [experiments|testing|tests|experimentation]",
    "[we|i] [want|need|would like|like] [to test with|to experiment with|to run tests with|to use] {size}[ of the budget| for tests| for experiments]",
    "[experiments|tests|testing|experimentation] [get|gets|should get|receive|takes|take|need] {size}[ of the budget|]",
    "[don't|do not] [touch|allocate|spend] {size}[ of it| of the budget|][,| -|:] [that's|it is|it's|that is] [for experiments|for tests|for testing|our test money|for experimentation]",
    "[take|subtract|deduct] {size} [off the top |out |][for|to pay for] [experiments|tests|testing|experimentation]",
    "[a |]{size} [slice|share|portion|chunk|part] [of the budget |of it |][is|stays|should be] [kept |reserved |held |set aside |][for|as] [experiments|testing|tests|experimentation]",
    "[we measure|we test|we experiment] with {size}[ of the budget| of spend|]",
    "[and |]{size} for [experiments|tests]",
)
RESERVE = (
    tuple(
        each.replace("[ of the budget| for tests| for experiments]", " [for tests|for experiments|for testing]")
        if "to test with" in each
        else each
        for each in RESERVE
    )
    + testing_more.RESERVE
    + registers.said("reserve")
)
CHANGE: tuple[str, ...] = (
    "[don't|do not|never] [move|change|shift|alter|adjust|swing] [any|a single|each|any single|one] [line|campaign|cell|line item|budget line] [by |][more than|over|above] {share}",
    "no [line|campaign|cell|line item|single line] [may|can|should|is to|moves|changes] [change|move|shift|move up or down|] [by |][more than|over] {share}[ from current| from today| versus today|]",
    "[limit|cap|restrict|keep|hold] [changes|moves|shifts|movements|swings] [to|at|within|under] {share}[ per line| per campaign| a line| either way|]",
    "[changes|moves|shifts|swings] [of |][at most|max|no more than|up to|limited to] {share}[ per line| per campaign| from current| up or down|]",
    "[stay|keep everything|keep each line|keep every line|remain] within {share} of [current|today's|last period's|existing|the current] [levels|spend|spending|budgets|plan]",
    "[max|maximum] [change|move|shift|swing][ per line| per campaign|][:| of| is| =|] {share}",
    "[each|every] [line|campaign|cell] [may|can|should] [move|change|shift] [by |][at most|max|no more than|up to] {share}",
    "[change|shift] limit[:| of| is| =|] {share}",
    "[nothing|no budget|no campaign] [should|may|can] [move|shift|change] [by |][more than|over] {share}[ up or down| in either direction| from where it is now|]",
    "[go|move] [slowly|gently|carefully|easy][:|,| -] [max|at most|no more than|up to] {share} [change|movement|shift] [per line|per campaign|on any line|anywhere]",
    "[we|i] don't want [any |] [line|campaign|cell]s? [to move|moving|to change|changing] [by |][more than|over] {share}",
)
CHANGE = tuple(each.replace("]s? [", "] [") for each in CHANGE) + testing_more.CHANGE + registers.said("change_limit")
OOS: tuple[str, ...] = (
    "[skip|avoid|exclude|drop|leave out|pause] [items|skus|products|anything|lines|everything] [with|whose|that have] [a |an |][stock-out|out-of-stock|stockout|out of stock] [risk|probability|chance] [above|over|of more than|greater than|higher than] {share}",
    "[no|don't put any|avoid] [spend|ads|money|budget] [on|for] [items|skus|products|anything] [likely to be |] [more than|over|above] {share} likely to [be out of stock|run out|sell out|go out of stock]",
    "[no|nothing|don't] [spend|ads|advertise|budget] [where|when|if] [the |][probability|risk|chance|likelihood] of [being out of stock|a stock-out|running out|going out of stock|selling out] [is above|exceeds|is over|is more than|tops|is higher than] {share}",
    "[stock-out|out-of-stock|stockout|out of stock] [risk|threshold|probability|limit|cutoff][:| is| =| at most| under| max| below] {share}",
    "[stop|don't|never|do not] [advertise|advertising|promote|promoting|push] [items|skus|products|things] [above|over|with more than|beyond] {share} [stock-out|out-of-stock|out of stock|stockout] [risk|probability|chance]",
    "[only|just] [promote|advertise|push] [items|skus|products] [with|having] [a |][stock-out|out-of-stock|stockout] [risk|probability] [under|below|of at most|of less than|up to] {share}",
    "[products|items|skus] [that are|which are|being] [more than|over|at least] {share} likely to [run out|sell out|be out of stock|go out of stock] [get nothing|are out|get no ads|should be skipped]",
    "[if|when|where] [stock|inventory|availability] is [shaky|at risk|tight][,|:| -] [more than|over|above] {share} [risk of running out|stock-out risk|out-of-stock risk][,| -|:] [don't spend|no ads|skip it|leave it out]",
    "[risk of|chance of] [running out|stocking out|selling out|going out of stock] [over|above|beyond] {share}[:|,| means| ->| -] [no ads|no spend|skip|exclude|pause]",
)
OOS = tuple(each.replace("[likely to be |] ", "") for each in OOS) + testing_more.OOS + registers.said("oos_threshold")
TARGET: tuple[str, ...] = (
    "[find|what is|what's|tell me|give me|work out] the [lowest|smallest|least|minimum|minimal|cheapest] [budget|spend|investment|cost|amount] [that reaches|to reach|which reaches|that gets us to|to get to|to hit|that delivers|for] {goal}",
    "[reach|hit|achieve|get to|deliver|get us to|get me to] {goal} [with|at|for|using] [the |as ][least|smallest|lowest|minimum|little|small] [budget|spend|investment|money|cost][ possible| as possible| we can|]",
    "[minimi[s|z]e|minimise|minimize] [spend|the budget|budget|cost|the spend|our outlay] [while reaching|while hitting|but reach|subject to|and still reach|to reach|to get to] {goal}",
    "[how little|how much at least] [can|must|do|should] [we|i] [spend|invest] to [reach|hit|get|get to|achieve] {goal}?",
    "[we need|i need|we must reach|we have to hit|we want] {goal} [as cheaply as possible|for as little as possible|at the lowest cost|with minimal spend|with the smallest spend]",
    "[the |]{goal} [is the target|must be reached|has to be reached][,| -|;] [spend as little as possible|at the lowest spend|with minimum budget|as cheaply as you can|keep spend minimal]",
    "[cheapest|lowest-cost|leanest|most frugal] [way|plan|route|mix] [to|that gets us to|for] [reach |hit |get |]{goal}",
)
TARGET = (
    tuple(
        each.replace("[minimi[s|z]e|minimise|minimize]", "[minimise|minimize]").replace("[that gets us to|for] ", "")
        for each in TARGET
    )
    + testing_more.TARGET
    + registers.said("target")
)
GOALS = {
    "roas": (
        "[a |an |]roas of {goal_rate}",
        "roas {goal_rate}",
        "a {goal_rate} roas",
        "a return on ad spend of {goal_rate}",
        "a {goal_rate} return on ad spend",
        "[a |an |]roas of at least {goal_rate}",
        "a roas not below {goal_rate}",
    ),
    "revenue": (
        "{goal_money} [in |of |]attributed [revenue|sales]",
        "{goal_money} [in |of |]revenue",
        "{goal_money} [in |of |]sales",
        "revenue of {goal_money}",
        "sales of {goal_money}",
        "at least {goal_money} [in |of |][sales|revenue]",
        "{goal_money} [in |of |]turnover",
        "attributed [sales|revenue] of {goal_money}",
    ),
    "incremental_revenue": (
        "{goal_money} [in |of |]incremental [revenue|sales]",
        "incremental [revenue|sales] of {goal_money}",
        "{goal_money} [in |of |][additional|extra] [revenue|sales]",
        "[additional|extra] [revenue|sales] of {goal_money}",
        "at least {goal_money} incremental [revenue|sales]",
    ),
    "incremental_margin": (
        "{goal_money} [in |of |][incremental |]margin",
        "[a |an |][incremental |]margin of {goal_money}",
    ),
    "units": (
        "{goal_number} units",
        "[sales of |] {goal_number} units sold",
        "a volume of {goal_number} units",
        "at least {goal_number} units",
        "{goal_number} units of volume",
    ),
    "profit": (
        "{goal_money} [in |of |]profit",
        "a profit of {goal_money}",
        "at least {goal_money} profit",
        "profits of {goal_money}",
    ),
}
