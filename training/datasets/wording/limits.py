"""How people cap, floor, fix and exclude."""

from training.datasets.wording import caps_more, fixed_more, floors_more, registers

GIVE = "[spend|put|invest|allocate|give|commit]"
OF = "[ of the budget| of budget| of spend| of total| of the total| of the money|]"

CAP_EACH = (
    "no [single |one |individual |]{level} [above|over|beyond|more than|higher than|past] {size}" + OF,
    "no [single |one |individual |]{level} [may|can|should|must|shall|is to] [get|take|have|receive|exceed|go above|go over|account for|be] [more than |over |above |]{size}"
    + OF,
    "[max|maximum|at most|no more than|not more than|up to] {size} [per|for each|on each|for any|in any one|for every|on any single] {level}",
    "[cap|limit|restrict|hold|keep] [each|every|any|any single|individual|all] {levels} [at|to|under|below] {size}"
    + OF,
    "{level} [cap|limit|maximum|max|ceiling][:| of| is| =| at] {size}",
    "[each|every|any] {level} [at most|max|up to|no more than|under|capped at|limited to|below] {size}" + OF,
    "[never|don't|do not] [put|spend|place|invest] [more than|over|above] {size} [on|in|into|at|with] [any|any one|any single|a single|one] {level}",
    "[don't|do not|never] let [any|a single|one|any one] {level} [go|get|rise|run|climb] [above|over|past|beyond] {size}",
    "{size} [cap|ceiling|limit|maximum|max] [per|on each|for each|on every|for any] {level}",
    "[keep|make sure] [every|each|all] {levels} [stay |stays |]{word_under} {size}" + OF,
    "{levels} [should|must|may|can] [each |]not [exceed|go over|take more than|get more than] {size}[ each|]",
    "[we don't|i don't] want [any|a single|one] {level} [to take|taking|getting|to get|eating|having] [more than|over|above] {size}",
    "[concentration|exposure] [per|to any|in any] {level} [max|at most|under|below|capped at|no more than] {size}",
    "no {level} should be [bigger|larger|heavier] than {size}",
    "[the |]{size} [limit|rule|cap] [per|for every|for each] {level} [applies|still holds|holds]",
    "[nothing|no part] over {size} [in|on|at] [a single|one|any one|any] {level}",
    "[diversify|spread out]: [max|at most|no more than] {size} [a|per|each] {level}",
    "[one|a|any] {level} [must|should|may|can] [eat|use|swallow|absorb] [up to|no more than|at most] {size}[ of the budget|]",
    "[i'd|we'd] [rather not|hate] to see [one|a|any] {level} [over|past|above] {size}",
    "[nobody|no one|none of the {levels}] [receives|gets|takes] [above|over|more than] {size} [among|per|of the] {levels}",
    *caps_more.CAP_EACH,
    *registers.said("cap each"),
)
FLOOR_EACH = (
    "[at least|minimum|min|no less than|not less than|a minimum of] {size} [per|for each|on each|for every|on every|at each] {level}",
    "[each|every] {level} [gets|should get|must get|needs|receives|has to get|takes|should have] [at least|no less than|a minimum of|min] {size}"
    + OF,
    "[no|never any] {level} [below|under|less than|beneath] {size}" + OF,
    "[floor|minimum|min] [of |]{size} [per|for each|on every|for every] {level}",
    "{level} [floor|minimum|min][:| of| is| =] {size}",
    GIVE + " [each|every] {level} [at least|no less than|a minimum of|minimum] {size}",
    "[don't|do not|never] let [any|a] {level} [fall|drop|go|get|sink] [below|under] {size}",
    "[all|each of the] {levels} [get|should get|must get|need] [at least|no less than|minimum] {size}[ each|]",
    *floors_more.FLOOR_EACH,
    *registers.said("floor each"),
)
CAP_NODE = (
    "[cap|limit|restrict] {node} [at|to|under] {size}" + OF,
    "[no|not] more than {size}" + OF + " [on|for|to|at|in|into] {node}",
    "{node} [at most|max|maximum|no more than|not more than|up to|capped at|limited to|not over] {size}" + OF,
    "[do not|don't|never] let {node} [exceed|go above|go over|take more than|get more than|go past] {size}",
    "{node} [should|must|may|can|shall] [not|never] [exceed|get more than|take more than|go above|go over|pass] {size}"
    + OF,
    "[max|maximum|at most|up to|no more than] {size}" + OF + " [on|for|to|at|in|into|with] {node}",
    "[don't|do not|never] " + GIVE + " [more than|over|above] {size}" + OF + " [on|in|to|into|at|behind] {node}",
    "{size} [cap|ceiling|limit|max|maximum] [on|for|at] {node}",
    "[keep|hold|leave] {node} [under|below|at or below|beneath|within] {size}" + OF,
    "{node} [cap|ceiling|maximum|max|limit][:| is| =| of|] {size}",
    "{node} [can|may|could] [have|get|take|go] [up to|at most|no more than|as much as] {size}",
    "[i don't|we don't] want [more than|over] {size} [on|in|at|going to|going into] {node}",
    "{node} [can't|cannot|mustn't] [exceed|go over|go above|get more than|take more than] {size}" + OF,
    "[the|our] {node} [share|part|portion|spend] [must not|should not|may not|can't] [exceed|pass|go above|top] {size}",
    "[go|stay] [easy|light] on {node}[:|,| -] [max|at most|no more than] {size}",
    "{node} [tops out|maxes out] at {size}",
    *caps_more.CAP_NODE,
    *registers.said("cap node"),
)
FLOOR_NODE: tuple[str, ...] = (
    "[at least|no less than|not less than|minimum|min|a minimum of] {size}"
    + OF
    + " [on|to|for|at|in|into|with] {node}",
    "{node} [at least|minimum|min|no less than|not below|not less than] {size}" + OF,
    "{node} [should|must|has to|needs to|is to] [get|receive|have|take|see] [at least|no less than|a minimum of|not less than] {size}"
    + OF,
    GIVE + " {node} [at least|no less than|a minimum of] {size}" + OF,
    "[guarantee|ensure|promise|secure] {node} [at least |a minimum of |]{size}" + OF,
    "[don't|do not|never] [let|allow] {node} [to |][drop|fall|go|get|slip] [below|under] {size}",
    "{node} [floor|minimum|min][:| is| =| of|] {size}",
    "[minimum|min] [spend|investment|commitment|budget] [of |]{size} [on|at|for|with] {node}",
    "[keep|hold] {node} [above|over|at or above|no lower than] {size}" + OF,
    "{size}" + OF + " [or more|minimum|at least|at a minimum|and up] [on|to|for|at|in|with] {node}",
    "[our|the] [contract|deal|joint business plan|jbp|agreement] [with {node} |][needs|requires|says|commits us to|demands] [at least |a minimum of ]{size} [on|at|for|with] {node}",
    "[at least|no less than] {size}" + OF + " [has to|must|should|needs to] [go|be spent|land] [to|on|at|with] {node}",
    "{node} [needs|wants|expects|requires] [at least|a minimum of|no less than] {size}",
    "{node} [not|never] [below|under|less than] {size}" + OF,
)
FLOOR_NODE = (
    tuple(each.replace("[with {node} |]", "") for each in FLOOR_NODE)
    + floors_more.FLOOR_NODE
    + registers.said("floor node")
)
RANGE_NODE = (
    "between {low} and {high}" + OF + " [on|for|to|at|in] {node}",
    "{node} [between|from|anywhere between] {low} [and|to] {high}",
    "[keep|hold|put] {node} [between|in the range of|within] {low} and {high}" + OF,
    "{node} [at least|min|no less than] {low} [and|but|,] [at most|max|no more than] {high}",
    "{node}: {low} [to|-|–] {high}",
    "{node} [should|must|can] [get|take|have|be] [between|from] {low} [and|to] {high}",
    "[somewhere|anything] [from|between] {low} [and|to] {high} [|is fine ]for {node}",
    "{node} [not under|no lower than] {low} [and not|nor] [over|above|higher than] {high}",
    *floors_more.RANGE_NODE,
    *registers.said("range"),
)
FIXED = (
    "[keep|hold|leave|fix|lock|freeze|pin|maintain|set] {node} [at|on|to] [exactly |]{amount}",
    "[exactly|precisely] {amount} [on|to|for|at|in|into] {node}",
    "{node} [is fixed at|is locked at|stays at|remains at|is set at|gets exactly|is exactly|must be exactly|is committed at] {amount}",
    GIVE + " [exactly|precisely] {amount} [on|to|in|into|at|with] {node}",
    "{node}: [exactly|fixed|fixed at] {amount}",
    "[we've already|we have already|i already|we already] [committed|booked|promised|signed|locked in] {amount} [to|with|on|at] {node}",
    "{node} [has|gets] [a fixed|an exact|a locked] {amount}[, no more no less|, not more, not less|]",
    "{amount} [is|are] [locked|fixed|already booked|already committed|reserved] [for|on|at|to|with] {node}",
    "[an|the] [existing|annual|signed] [deal|contract|commitment] [fixes|sets|locks] {node} at {amount}",
    *fixed_more.FIXED,
    *registers.said("fixed"),
)
SPLITS = (
    "{money} [on|for|to|at] {node} and {money2} [on|for|to|at] {node2}",
    "{node} {money}, {node2} {money2}",
    "{node}: {money}[;|,| and] {node2}: {money2}",
    "[put|spend|invest] {money} [on|in|with] {node}[,| and|;] {money2} [on|in|with] {node2}",
    "{money} [goes|should go] to {node}[,| and] {money2} to {node2}",
    "[of that|of this|of which] {money} [goes to|is for|for] {node} and {money2} [goes to|is for|for] {node2}",
    *fixed_more.SPLITS,
    *registers.said("split"),
)
EXCLUDE = (
    "[exclude|skip|avoid|leave out|drop|omit|leave off|rule out] {node}[ this time| completely| entirely| altogether|]",
    "[nothing|no spend|no money|no budget|zero|not a cent|not a penny] [on|for|in|at|to] {node}",
    "[don't|do not|never|please don't] [use|spend on|spend anything on|advertise on|include|touch|put money on|run on|run anything on] {node}",
    "[without|excluding|except|except for|other than|apart from|everything but] {node}",
    "{node} [is|are] [out|off limits|excluded|not an option|off the table|not in scope|out of scope]",
    "[no|not] {node}[ please| this time| at all|]",
    "[stay off|stay away from|keep away from|keep off|steer clear of] {node}",
    "{node} [gets|should get|receives] [nothing|zero|no budget|no money]",
    "[pause|stop|switch off|turn off] {node}[ for now| for this one| this time|]",
    *fixed_more.EXCLUDE,
    *registers.said("excluded"),
)
LEVEL_WORDS = {
    "each_placement": (("placement", "placements"), ("ad placement", "ad placements")),
    "each_retailer": (("retailer", "retailers"), ("network", "networks")),
    "each_brand": (("brand", "brands"),),
    "each_channel": (("channel", "channels"),),
}
