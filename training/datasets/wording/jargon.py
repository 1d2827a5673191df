"""The trade's own words, which only the industry adapter knows: by field, as for plain words."""

JARGON = {
    "acos_ceiling": (
        "acos [below|under|at most|max|maximum|no more than|<=|<] {share}",
        "[keep|hold|get|bring] acos [under|below|at or below|down to|within|at most] {share}",
        "[max|maximum|highest|target] acos [of|:|is|=|at|] {share}",
        "acos [must|should|has to|may] [not exceed|stay under|stay below|not go above] {share}",
        "{share} acos [max|ceiling|cap|limit|tops|target]",
        "acos [cap|ceiling|limit|target][:| of| is| =|] {share}",
        "[advertising cost of sales|ad cost of sales] [below|under|at most|max|no more than] {share}",
        "[don't|do not|never] let acos [go|get|climb|run] [over|above|past] {share}",
        "[we|i] [need|want] [an |]acos [under|below|of at most] {share}",
    ),
    "roas_floor": (
        "[mer|blended mer|ad efficiency ratio] [at least|min|>=|no less than|above] {rate}",
        "[mer|blended mer] [floor|hurdle|minimum][:| of| is|] {rate}",
        "[keep|hold] [the |][mer|blended mer] [above|at or above|over|north of] {rate}",
        "[romas|return on media] [at least|min|>=|no less than] {rate}",
        "[mer|blended mer] [must|should] [not |never ][drop|fall|dip] [below|under] {rate}",
    ),
    "reserve": (
        "{size} [holdout|hold-out|t&l|always-be-testing] [budget|pot|share|reserve|]",
        "[holdout|hold-out|t&l|abt] [of|:|=|at|share of|budget of] {size}",
        "[ring-fence|set aside|carve out|keep] {size} for [holdouts|t&l|geo lift|conversion lift|psa tests|matched markets]",
        "[run|plan] [a |an |]{size} [holdout|geo lift cell|t&l bucket]",
        "{size} [goes to|for|into] [t&l|the holdout|geo lift|lift studies]",
    ),
    "cpa_ceiling": (
        "[cac|cpo|ecpa|cpp] [below|under|at most|max|no more than|<=|<] {money}",
        "[keep|hold] [cac|cpo|ecpa] [under|below|at or below|within] {money}",
        "[max|target] [cac|cpo|ecpa] [of|:|is|=|] {money}",
        "{money} [cac|cpo|ecpa] [cap|ceiling|max|limit]",
        "[cac|cpo|ecpa] [must|should|may] [not exceed|stay under|never exceed] {money}",
    ),
    "oos_threshold": (
        "[suppress|throttle|cut|kill] [asins|skus|items|dpcis] [over|above|past] {share} [oos|osa|stockout] [risk|odds|]",
        "[oos|osa gap|doh risk] [cutoff|cut-off|gate|threshold|trigger][:| of| at| =|] {share}",
        "[gate|guard] [on|against] oos [at|over|above] {share}",
        "[oos|stockout] guardrail [at|of|:] {share}",
        "[no|zero] [bids|bidding] [above|over|past] {share} oos [risk|probability|]",
        "[auto-pause|auto pause|blacklist] [skus|items|asins] [over|at|above|past] {share} [stockout|oos] [risk|probability|odds]",
    ),
    "objective": (
        "[go for|max|maximise|push|chase|drive] {jargon_aim}",
        "[north star|nsm|kpi|okr][:| is| =] {jargon_aim}",
        "[optimise|optimize|bid] [to|towards|for] {jargon_aim}",
        "[solve|solving|steer] for {jargon_aim}",
    ),
}
JARGON_AIMS = {
    "incremental_margin": ("cm2", "cm3", "inc cm", "incremental gm"),
    "incremental_revenue": ("igmv", "inc gmv", "incremental gmv", "net-new gmv"),
    "revenue": ("attributed gmv", "ad gmv", "ad-attributed gmv", "attrib. gmv"),
    "units": ("sell-through", "velocity", "unit velocity", "ros"),
    "profit": ("poas", "ad ebit", "post-ad ebit", "net contribution after ads"),
}
AD_FORMATS = {
    "sponsored_products": ("sp ad", "sp", "pla", "product listing ad", "sp creative"),
    "sponsored_brands": ("sb ad", "sb", "brand banner unit", "sb creative", "sba"),
    "sponsored_display": ("sd ad", "sd", "sd creative", "pdp display unit"),
    "video": ("sbv", "olv spot", "ctv spot", "sv ad"),
    "offsite": ("dsp ad", "offsite retargeting unit", "programmatic ad"),
}
