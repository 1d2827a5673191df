"""How people say how long and when."""

from training.datasets.wording import period_more, registers

WEEKS = (
    "[over|for|during|within|across] [the next |the coming |a period of |a total of |]{weeks}",
    "[lasting|running|that runs|that lasts] {weeks}",
    "[a |an |the |our |]{weeks_adjective} [flight|campaign|plan|period|run|burst|window|push]",
    "[duration|length|flight|flight length|period|timeframe|timing][:| is| =| of| -] {weeks}",
    "[it|the plan|the campaign|this|everything] [runs|should run|will run|lasts|should last|goes on] [for |]{weeks}",
    "[spread|pace|phase] [it|this|the spend|the money|everything] [over|across|out over|evenly over] {weeks}",
    "[plan|think|budget] [for|in] {weeks}",
    "{weeks} [in total|altogether|flight|long|duration|of activity|of media|only]",
    "[we have|there are|you have|i have] {weeks} [to do it|to run|for this|for the campaign]",
    "[from now|starting now|starting today|as of now] for {weeks}",
    "[it|this] [should|must|has to] [be over|wrap up|be done] [within|after|in] {weeks}",
    "[on air|live|active] [for|during] {weeks}",
    *period_more.WEEKS,
    *registers.said("weeks"),
)
START_END = (
    "[from|starting|beginning|running from|live from|flight|dates] {start} [to|until|through|till|up to|and ending|ending] {end}",
    "[between|anywhere between] {start} and {end}",
    "[start|starts|starting|begin|begins|kick off|go live|launch][:| on| is|] {start}[,|;| and| -] [end|ends|ending|finish|stop|wrap up|close][:| on| is|] {end}",
    "{start} [to|-|–|until|through] {end}",
    "[start|first|launch] [date|day][:| is| =] {start}[,|;| and] [end|last|closing] [date|day][:| is| =] {end}",
    "[it|the campaign|the flight|the plan] [runs|goes|lasts|is live] from {start} [to|until|through|till] {end}",
    "[nothing|no spend] before {start} [or|and nothing|and no spend] after {end}",
    *period_more.START_END,
    *registers.said("start and end"),
)
START_WEEKS = (
    "{weeks} [from|starting|starting on|beginning|beginning on|as of|kicking off on] {start}",
    "[starting|starts|start|from|beginning|kick-off] {start}[ for|,| and lasting| and running for| over| lasting] {weeks}",
    "[launch|go live|begin|start] [on |][the |]{start} [and run|for|, run it|and keep it up] [for |]{weeks}",
    "[a |]{weeks_adjective} [flight|campaign|plan] [from|starting|starting on|beginning] {start}",
    "{weeks} [live|on air|running][,| -|;] [day one|first day|starting day] {start}",
    *period_more.START_WEEKS,
    *registers.said("start and weeks"),
)
PERIOD = (
    "[for|in|during|over|throughout|within|across] {period}",
    "[period|timing|when|flight|dates][:| is| =| -] {period}",
    "[it|the plan|the campaign|this|the flight] [is for|covers|runs in|runs during|runs through|should cover] {period}",
    "[plan|planning] [for |]{period}",
    "{period} [plan|campaign|flight|push|only|budget]",
    "[all|everything] [in|within|during] {period}",
    "[our|the] {period} [plan|campaign|flight|activity|activation]",
    *period_more.PERIOD,
    *registers.said("period"),
)
END = (
    "[until|through|till|up to] {end}",
    "[ends|ending|end|must end|finish|stop] [on |by |][the |]{end}",
    "[end date|last day|closing day|until][:| is| =] {end}",
    "[everything|all money|the budget] [must be|has to be|should be] spent by {end}",
    "[it|campaign|we] [close|closes|stops|wraps up|stop] [on|by] {end}",
    "[last|final] [ads|spend] [on|by] {end}",
    *period_more.END,
    *registers.said("end"),
)
START = (
    "[starting|starts|from|beginning|launching|live from|as of|kicking off] [on |]{start}[ onwards|]",
    "[start|launch|first day|start date|go-live][:| is| =| on] {start}",
    "[begin|start|launch|go live|kick off] [on |][the |]{start}",
    "[nothing|no spend|no ads] before {start}",
    *period_more.START,
    *registers.said("start"),
)
