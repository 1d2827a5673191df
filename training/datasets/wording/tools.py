"""How people ask the planner for something else than a plan: by tool."""

USES = {
    "forecast": (
        "what [would|will] [happen|come out] if we [add|put|spend] [another |]{money} [on|at|into] {node}?",
        "forecast [sales|revenue|the effect] of {money} [more |]on {node}",
        "[what|how much] [revenue|sales] [would|will|does] {money} on {node} [bring|give|return|make]?",
        "[predict|project|simulate|estimate] [the return|results|sales] for {node} at {money}",
        "[expected|likely] [result|outcome|return|sales] of [spending |]{money} [on|at] {node}",
        "if {node} [got|had|gets|received] {money}, what [would|could] we [expect|see|sell]?",
        "[run|do|make] [a|the] forecast[:| for| of] {node} [with|at|for] {money}",
        "[how far|where] does {money} [get|take] us [on|at|with] {node}?",
    ),
    "design_experiment": (
        "[design|plan|set up|propose] [a test|an experiment|a geo test|a study] [on|at|for|in] {node} [over|for|of|lasting] {weeks}",
        "[we want|i want|we'd like] to [test|prove|measure] {node} [over|for|within] {weeks}",
        "how [should|would] we [test|measure|prove] [the lift of |the effect of |incrementality of |]{node} in {weeks}?",
        "[experiment|test] [design|plan|setup] for {node}, {weeks}",
        "[is|would] {weeks} [enough|sufficient|long enough] to [test|measure] {node}?",
        "[set up|prepare|plan] {weeks} of [testing|experimentation|measurement] [on|at] {node}",
        "[give|show] me [a test plan|an experiment|a study design] [for|on] {node}: {weeks}",
        "[can|could] we [run|do] [a|an] [holdout|lift test|a/b test] [on|at|with] {node} [for|lasting|over] {weeks}?",
    ),
    "fetch_metrics": (
        "[show|give|get|fetch] [me |us |][the |]{metric} [of|for|at|on] {node}",
        "what [was|were|is|are] [the |our |]{metric} [of|for|at|on] {node}?",
        "{metric} [on|at|for|of] {node}[?| please|]",
        "[pull|look up|report|list] {metric} [for|from|of] {node}",
        "[how much|what] {metric} did we [have|get|see] [on|at] {node}?",
        "how [are|did|do] {metric} [develop|look|do] [on|at|for] {node}?",
        "[i want|i need|let me see] {metric} [for|from|of|at] {node}",
    ),
    "query_clean_room": (
        "[ask|query|use] the clean room [for|about] {metric} [of|at|on|from] {node}",
        "[overlap|aggregate|joint] {metric} [from|in|via] the clean room [for|of|at] {node}",
        "clean room[:| -|,] {metric} [for|of|at|on] {node}",
        "what does the clean room [say|know|show] [about|on] {metric} [at|of|for] {node}?",
        "[request|get] [aggregated |]{metric} [through|via|from] {node}'s clean room",
        "[run|send] a clean room query [for|on|about] {metric} [at|of|on] {node}",
    ),
    "search_policies": (
        "[what|which] [policies|rules|guidelines] [apply|hold|exist|are there] [at|on|for] {node}?",
        "[search|look up|find] [the |][policy|policies|rules] [of|at|for|on] {node}",
        "[what is|what's] [allowed|forbidden|permitted] [at|on] {node}?",
        "[policy|rulebook|guidelines|terms] of {node}",
        "does {node} [allow|forbid|permit|accept] [that|this|such ads|such copy|it]?",
        "[show|give] me {node}'s [rules|policies|guidelines]",
    ),
}
METRICS = {
    "impressions": ("impressions", "ad views"), "clicks": ("clicks", "click numbers"), "cost": ("spend", "costs", "ad spend"), "orders": ("orders", "purchases"),
    "revenue": ("sales", "revenue"), "units": ("units", "units sold"),
}  # fmt: skip
