"""English, and the abbreviations that all languages of the trade use."""

WORDS = {
    "impression": "impression, imp, impr, imps, impressn, shown, served, exposure, displays, ad views, "
    "ads shown, print, prints, serves, shows, ad impression, ad displays, times shown",
    "view": "view, viewed, viewing",
    "click": "click, clk, clks, tap, clickthrough, click throughs, clickthroughs, swipe",
    "cost": "cost, spend, spent, expense, expenditure, ad fee, ad fees, adfee, adspend, charge, charged, "
    "charges, media cost, ad cost, amount spent, budget spent, spent budget, consumed budget, budget consumed, "
    "money spent, debit, costs, spending, ad charges, advertising cost, advertising costs, advertising fee, "
    "burn, burnt, burned, budget burnt, budget burned, budget utilised, budget utilized, budget used, "
    "used budget, billed amount, invoiced amount, net spend amount, spnd, spd",
    "order": "order, purchase, transaction, checkout, checkouts, order count, number of orders, purchases, ord, ords",
    "conversion": "conv, cv, conversions, converted, convs, acquisition, action",
    "unit": "unit, quantity, qty, quantities, pieces, pcs, units sold, items sold, products sold, sold units, "
    "sold items, quantity sold, sold quantity, item quantity, sold, unit count, item count, items ordered, "
    "units ordered, ordered units, product quantity, sold products, number of items, quantity bought, "
    "units bought, items bought, units purchased, quantity purchased, items purchased, purchased units, "
    "purchased quantity, products purchased, unts",
    "sale": "sale, sales",
    "revenue": "revenue, turnover, gmv, income, earnings, gmv amount, gross merchandise value, "
    "gross merchandise volume, proceeds, receipts, sales revenue, sales value, sales amount, sale amount, "
    "sales dollars, dollar sales, rev, merchandise sales",
    "amount": "amount, amt, value, sum, dollars, money",
    "count": "count, number, num, no, cnt, volume, nr, of times, times",
    "reach": "reach, unique reach, unique visitors, unique users, uniques, unique impressions, households, "
    "users reached, unique viewers",
    "frequency": "frequency, avg frequency, average frequency",
    "atc": "add to cart, adds to cart, atc, add to basket, add to baskets, added to cart, add to carts, "
    "cart adds, basket adds, carts, atcs, added to basket, adds to basket, cart additions, add to trolley",
    "dpv": "detail page view, detail page views, dpv, product page view, product page views, "
    "product detail page view, product detail page views, page views, page view, product views, pdp views, "
    "pdp view, item page views, product view, detail views, pageviews, glance views, dpvs, product visits",
    "visit": "visit, visitor, session, traffic, user, shopper, customer, buyer, guest, household, people, lead, "
    "follower, subscription, install, download, like, engagement, engaged, interaction, wishlist, favorite, "
    "favourite, coupon, clip, clipped, review, rating, reaction, comment, follow, share clicks, landing, bounce, "
    "add to list",
    "ctr": "ctr, click through rate, clickthrough rate, click rate, click thru rate, clickthru rate, "
    "click ratio, click through ratio, ctr percentage",
    "cpc": "cpc, cost per click, avg cpc, average cpc, average cost per click, avg cost per click, "
    "effective cpc, ecpc, ppc, actual cpc, spend per click, mean cpc",
    "cpm": "cpm, ecpm, vcpm, cost per mille, cost per thousand impressions, cost per thousand, "
    "cost per 1000 impressions, average cpm, avg cpm, cost per 1000, rpm",
    "cvr": "cvr, conversion rate, conv rate, purchase rate, order rate, conversion ratio, cr, cvr percentage, "
    "conversion percentage, buy rate",
    "roas": "roas, return on ad spend, return on advertising spend, roi, return on investment, "
    "return on advertising, return on ads spend, return on spend, return on marketing spend, romi, "
    "revenue per cost, roas ratio, troi",
    "acos": "acos, acoas, advertising cost of sale, advertising cost of sales, ad cost of sale, "
    "ad cost of sales, cost of sale, cost of sales, cost revenue ratio, crr, cir, cost income ratio, "
    "ad cost ratio, ad to sales ratio, cost to sales ratio, spend to sales ratio, cost share, advertising ratio",
    "cpa": "cpa, cpo, cps, cost per order, cost per acquisition, cost per conversion, cost per sale, "
    "cost per purchase, cost per action, cost per unit, cost per add to cart, cpl, cpi, cpv, cost per view, "
    "cost per lead, cost per item, cost per customer, average cost per order, cost per basket, cost per atc, "
    "cpatc, cost per result, cost per",
    "aov": "aov, average order value, avg order value, average basket value, average basket size, basket size, "
    "average order price, order size, average sale, revenue per order, avg basket, avg basket value, "
    "average basket",
    "rate": "tacos, tacoas, rate, ratio, percentage, percent, pct, propensity, index, score, per, likelihood, "
    "multiple, multiplier, factor, prcnt",
    "share": "share, sov, sos, share of voice, share of shelf, share of search, impression share, click share, "
    "win rate, is, ranking, rank, position, percentile, lost, top of search impression share, top of search, "
    "top of page, absolute top, slot share, visibility",
    "average": "average, avg, mean, median",
    "campaign": "campaign, camp, cmp, cpg, campaigns, cmpn, cmpgn, campn",
    "adgroup": "ad group, adgroup, adgrp, line item, lineitem, ad set, adset, ad groups, ad line, flight, "
    "tactic, grp, line",
    "adtype": "ad type, ad product, ad format, advertisement type, program type, ad types, ad product type, "
    "advertising type, adformat, product ad type, ads type, promotion type",
    "campaigntype": "campaign type, camp type, campaign objective type",
    "ad": "ad, ads, advert, advertisement, advertising",
    "creative": "creative, banner, asset, creatives",
    "keyword": "keyword, keywords, kw, key word, search keyword text, bidded keyword, targeted keyword, "
    "target keyword, keyword text, keyword phrase, biddable keyword, bid keyword, kwd, keywrd",
    "targeting": "targeting, targeting expression, target expression, targeting value, targeting text",
    "query": "query, search term, search query, search terms, customer search term, shopper query, "
    "search phrase, searched keyword, user query, searched term, shopper search term, customer query, "
    "search text, user search term, searched phrase, search keyword, search word, term, search keywords, "
    "search queries, srch term, srch query",
    "search": "search, searched, srch",
    "matchtype": "match type, keyword match type, match, keyword match, matching type, matchtype, match mode, "
    "matched type, query match type",
    "placement": "placement, slot, ad placement, ad slot, ad location, ad position type, inventory type, "
    "placements, placement type, placement name, page type, ad position, inventory, slot type, placement group, "
    "placement page, ad unit, adunit, ad space, placement classification, pagetype, ad property, property, "
    "media slot, page placement, ad zone, shelf, surface, plcmt, plcmnt",
    "listing": "listing, offer, ad listing",
    "product": "product, item, article, goods, variant, option, pid, products, sponsored product, "
    "sponsored item, merchandise, prod, prd, itm",
    "page": "page, site, website, section, url, link, href, destination, domain, image, picture, thumbnail, photo",
    "itemcode": "asin, tcin, fsn, dpci, usin, item code",
    "sku": "sku, skus, sponsored sku, plu, article number, product code, item number, product number, "
    "article code, product sku, item sku, article no, item no, goods code, style id",
    "parent": "parent, spu, family, master, group product, item group, variation parent",
    "sellersku": "seller sku, merchant sku, vendor sku, msku, own sku, offer sku, sellers sku, custom sku, "
    "external sku, supplier sku, seller item code, external id, merchant item id, reference id, custom label",
    "mpn": "mpn, model number, manufacturer part number, part number",
    "gtin": "gtin, upc, ean, barcode, bar code, jan, jan code, isbn, scan code, upc code, ean code, gtin14, "
    "gtin13, upc12, ean13, product upc, product ean, upcs",
    "account": "advertiser, account, profile, acct, ad account, advertiser account, advertising account, adv, "
    "advtsr, advt",
    "seller": "seller, merchant, vendor, supplier, shop, partner, brand partner, distributor, manufacturer, "
    "entity, agency, customer account, client, organization, organisation, team",
    "retailer": "retailer, publisher, banner name, chain, retail partner, marketplace name, retailers",
    "store": "store, outlet, branch, location, warehouse, dark store, fulfillment center, hub, shop location",
    "brand": "brand, brands, brand name",
    "category": "category, department, subcategory, product category, aisle, taxonomy, cat, categories, "
    "item category, browse node, vertical, class, l1 category, l2 category, l3 category, product group, catg",
    "audience": "audience, segment, audience segment, audience name, target audience, persona, cohort, "
    "customer segment, audiences",
    "region": "region, country, state, city, market, marketplace, territory, geo, province, location name, zone, "
    "country code, postal code, zip, zip code, postcode, area, region code, city name, state name, locale, "
    "cities, ctry, cntry",
    "device": "device, platform, device type, environment, operating system, os, device platform, "
    "device category, device os, app or web, mobile, desktop, pc, pc mobile, pc mobile type, mobile type, app, "
    "tablet",
    "name": "name, title, label, text, description, desc, nm",
    "id": "id, uuid, identifier, guid, ids, key, ref, uid, code",
    "type": "type, kind, classification, tag, mode, subtype, method, source, model, objective, goal type, "
    "setting, group type, class type, level, network, distribution",
    "status": "status, state of campaign, serving status, delivery status, enabled, active, is active, "
    "campaign state, ad state, paused, approved, approval, eligible, eligibility, health, delivery",
    "date": "date, day, dt, event date, report date, reporting date, calendar date, stat date, activity date, "
    "dates, time period, reporting day, calendar day, business date, report day, advertised date, date of event, "
    "ymd, stat time day, date day, day of, datetime, date time, timestamp, event timestamp",
    "hour": "hour, hour of day, event hour, hourly",
    "time": "time, event time, interval, timezone, time zone, time window, window start, minute, duration, seconds",
    "week": "week, month, year, quarter, period, date range, weekly, monthly, fiscal week, yearly, quarterly, "
    "week number, day of week, weekday, month name, range",
    "currency": "currency, currency code, currency iso code, ccy, curr, iso currency, currency name",
    "format": "format, size, dimension, creative type, creative format, ratio type, width, height, pack",
    "price": "price, selling price, list price, item price, product price, current price, retail price, "
    "unit price, listing price, msrp, rrp, mrp, sell price, sale price, shelf price, regular price",
    "bid": "bid, bids, max cpc, maximum cpc, max bid, bid amount, bid price, default bid, cpc bid, base bid, "
    "keyword bid, maximum bid, bid value, current bid, max cpc bid, bid cpc",
    "budget": "budget, budget amount, daily budget, campaign budget, total budget, budgets, day budget, "
    "allocated budget, lifetime budget, budget value, budget cap, bdgt",
    "strategy": "strategy, bidding strategy, bid strategy, bidding, bid type, bid adjustment, bidding type, "
    "bidding model, bidding method, bid method, bid mode, bid optimization, bid modifier, optimization, "
    "bidding mode, pacing, bid strategy type",
    "rule": "rule, budget rule, budget type, budget model, buy type",
    "pricing": "pricing model, cost model, billing type, cost type, billing model, charge type, pricing type, "
    "rate type, payment model, billing method, charging method, cost method, payment type, billing event",
    "targettype": "targeting type, target type, targeting method, targeting mode, targeting option",
    "stock": "stock, inventory level, stock level, available quantity, quantity available, stock quantity, "
    "on hand, units available, in stock, stock on hand, available stock, inventory quantity, stock count, "
    "in stock quantity",
    "portfolio": "portfolio, folder, io, insertion order, po, purchase order, invoice, billing",
    "attrwindow": "attribution window, lookback window, attribution period, conversion window, click window, "
    "lookback, attribution days, attributed window, attribution lookback",
    "saleschannel": "sales channel, fulfilment, fulfillment, fulfilment channel, fulfillment type, channel, "
    "channel type",
    "total": "total, overall, all, grand total, combined, aggregate, totals, cumulative total",
    "same": "direct, same, same sku, same item, same product, own, exact, same skus, directly, promoted clicks, "
    "same asin, same upc, same products, exact match product, direct sku, matched sku, same variant",
    "advertised": "advertised",
    "promoted": "promoted, featured",
    "halo": "halo, indirect, other sku, other, cross, brand halo, cross sell, indirectly, other skus, "
    "other product, other products, other items, halo sku, halo effect, category halo, related, spillover, "
    "same brand, other asin, halo sales brand, brand attributed, non advertised, unadvertised, non promoted, "
    "other item",
    "clicktouch": "post click, postclick, click attributed, click based, ct, click conversion, from clicks, "
    "click through sales, attributed to clicks, per click attribution, pc, click through",
    "viewtouch": "post view, postview, view through, viewthrough, view attributed, view based, vt, "
    "post impression, impression attributed, view conversion, from views, exposed, vtc",
    "bothtouch": "click and view, view and click, click or view, post click and post view, click view, "
    "views and clicks, clicks and views, click plus view",
    "online": "online, ecom, ecommerce, e commerce, digital, on site, onsite, web, dotcom, com, website sales, "
    "online sales",
    "offline": "in store, instore, offline, brick and mortar, physical store, in stores, store sales, pos, at shelf",
    "newbuyer": "ntb, new to brand, new to the brand, new buyer, new buyers, new customer, new customers, "
    "new shopper, new shoppers, first time buyer, first time buyers, ntf, new purchaser, new household, "
    "new households, ntc, new to category, new guest, new users, new user, new to franchise",
    "clickdate": "on click date, by click date, click day, click time basis, date of click, by click day",
    "impressiondate": "on impression date, by impression date",
    "orderdate": "on order date, by order date, by conversion date, on conversion date, by purchase date, "
    "order time basis, by conv time, by conversion time, by order day",
    "video": "video, watched, watch, audio, unmute, played, plays, play, started",
    "viewable": "viewable, viewability, measurable, in view, mrc, non viewable, viewable impression, vimp, "
    "visible, impressions views",
    "invalid": "invalid, ivt, givt, sivt, bot, fraud, filtered, unfiltered, raw, fake, deduplicated, "
    "non billable, unbilled, disqualified",
    "organic": "organic, non ad, natural, unattributed, non attributed, baseline, base, unpaid, free, storewide, "
    "whole shop, shop total, account total",
    "assisted": "assisted, assist, assisting, influenced, modeled, modelled, projected, predicted, forecast, "
    "incremental, incrementality, lift, expected, potential, missed, opportunity, recommended, suggested, iroas, "
    "simulated",
    "target": "target, goal, benchmark, objective value, threshold, limit, cap, ceiling, floor, minimum, "
    "maximum, min, max, industry, peer, competitor, remaining, left, planned, allocated, balance, available, "
    "pacing percentage, target cpa, target roas, target acos, reserve, quota",
    "previous": "last year, previous, prior, last, ly, py, yoy, wow, mom, year over year, change, delta, "
    "difference, vs, versus, growth, last period, previous period, compare, comparison, yesterday, ago, "
    "since last, trend, diff, prev, historical, increase, decrease",
    "lifetime": "lifetime, to date, ytd, mtd, cumulative, all time, life to date, since launch, running, itd, qtd, wtd",
    "cancelled": "cancelled, canceled, cancel, return, returned, returns, refund, refunded, refunds, rejected, "
    "cancellation, undelivered, failed, rto, net of returns, chargeback",
    "purchased": "purchased, bought, purchased product, converted product, sold product, ordered product, "
    "sold item, purchased item, sold sku, purchased sku, purchased asin, converted sku",
    "start": "start, begin, started on, launch, from, starting, beginning, period start",
    "end": "end, stop, finish, until, ending, expiry, expiration, period end",
    "created": "created, updated, modified, synced, loaded, added, inserted, extracted, ingested, sync, "
    "refreshed, pulled, last updated, first seen, last seen, creation, generated, processed, refresh",
    "tax": "tax, vat, gst, commission, discount, bonus, credit, credits, rebate, subsidy, cashback, adjustment, "
    "adjusted, voucher, wallet, top up, recharge, net, reimbursed, markup, margin, profit, cogs, goods sold, "
    "cost of goods, cost of goods sold, shipping, delivery fee, service fee, platform fee, tech fee, surcharge, "
    "fixed fee, management fee, payout",
    "new": "new, existing, returning, repeat, lapsed, loyal, retained, reactivated",
    "micros": "micros, micro, micro currency, microcurrency, micro amount",
    "microcents": "microcents, micro cents",
    "null": "the, of, and, by, in, for, with, to, on, at, a, an, or, local, daily, stat, stats, metric, metrics, "
    "report, reporting, performance, event, rs, standard, primary, actual, x, s, based, gross, your, my, inc, "
    "incl, including, per day, billed, billable, valid, main, linear, last touch, via, figures, "
    "generated by ads, usd, eur, gbp, inr, brl, krw, jpy, cny, rub, mxn, pln, aud, cad, aed, sar, sgd, thb, php, "
    "idr, vnd, try, tl, sek, nok, dkk, czk, huf, ron, chf, zar, twd, hkd, myr, n, d, list of, ist, utc, gmt, "
    "pst, est, edt, cet, jst, kst, msk, cst, pt, et, ingress, incl vat, excl vat, ex vat, inc vat, vat incl, "
    "vat excl, including vat, excluding vat, vat included, vat excluded, incl tax, excl tax, ex gst, incl gst, "
    "excl gst, before tax, including tax, excluding tax, tax included, without vat, with vat, ex tax, inc gst, "
    "incl of taxes, including gst, excluding gst",
    "adly": "sponsored, paid, promotion, promotional, media, marketing, attributed, attribution, attributable, "
    "attrib, attr, paid media, retail media, ad attributed, advertising attributed, delivered, deliver, "
    "served ads",
    "estimated": "estimated, estimate, calculated, approx, approximate",
    "accountid": "customer id, client id, entity id, profile id",
    "ordered": "ordered",
    "converting": "conversion, convert",
    "videopart": "vcr, vtr, quartile, first quartile, midpoint, third quartile, completion, completed, complete, "
    "completes, views completed, second, unmutes",
    "modifier": "group, branded, unbranded, non branded, nonbranded, generic, wholesale, social, email, "
    "affiliate, influencer, gift, sample, test, control, holdout, requested, request, filled, fill, won, win, "
    "auction, queue, blocked, suppressed, payment, contract, booked, booking, guaranteed, makegood, pledged, "
    "accrued, hidden, deleted, external, internal, shared, linked, secondary, alternate, alternative, legacy, "
    "old, temp, unknown, misc, additional, extra, partial, half, bottom, first, third, high, low, morning, "
    "evening, weekend, parked, manual, automatic, auto, premium, basic, express, pickup, grocery, "
    "marketplace seller, tier, cluster, theme, season, event type, enrollment, enrolment, signup, registration, "
    "birth, membership, loyalty, household income, age, gender, language",
}
