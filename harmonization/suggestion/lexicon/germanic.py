"""German, Dutch and the Scandinavian languages."""

WORDS = {
    "impression": "impression*, einblendung*, anzeigenimpression*, vertoning*, weergave*, visning*, exponering*, "
    "sichtkontakt*, werbeeinblendung*, impressies",
    "click": "klick*, klik*, klikk*, doorklik*",
    "cost": "kosten, ausgaben, werbekosten, werbeausgaben, uitgaven, advertentiekosten, kostnad*, omkostning*, "
    "besteed, bestede, ausgegeben, verbrauch, spend, utgift*, gesamtkosten, anzeigenkosten, advertentie uitgaven",
    "order": "bestellung*, auftrag, auftrage, bestelling*, ordre*, kauf, kaufe, kaeufe, aankoop, aankopen, "
    "verkaufe, ordrar, bestillinger, aantal bestellingen, kop",
    "conversion": "konversion*, conversie*, konvertering*, abschluss, abschlusse",
    "unit": "einheit*, stuck*, stueck*, menge*, stuks, aantal verkocht, verkaufte einheiten, verkaufte artikel, "
    "verkaufte stuck, verkochte artikelen, verkochte stuks, absatz, absatzmenge, enheter, antall, antal, "
    "verkochte aantallen, verkauft*",
    "sale": "verkauf, verkoop, verkopen, salg, forsaljning*",
    "revenue": "umsatz*, omzet*, omsattning*, omsetning*, omsaetning*, erlos*, einnahmen, warenwert, "
    "bestellwert, orderwaarde, bruttoumsatz, werbeumsatz",
    "amount": "betrag, wert, bedrag, waarde, belop, summe, som",
    "count": "anzahl, aantal",
    "ctr": "klickrate*, klickquote, klikratio, doorklikratio, ctr rate, doorklikpercentage, klickfrekvens, "
    "klikpercentage",
    "cpc": "kosten pro klick, kosten per klik, klickpreis*, cpc durchschnitt, kostnad per klick, "
    "durchschnittlicher cpc, gemiddelde cpc, durchschn cpc, durchschnittliche kosten pro klick, "
    "gemiddelde kosten per klik",
    "cpm": "tkp, tausend kontakt preis, tausenderkontaktpreis, kosten per 1000",
    "cvr": "konversionsrate, conversiepercentage, conversieratio, konversjonsrate",
    "cpa": "kosten pro bestellung, kosten per bestelling, kosten pro conversion, kosten per conversie, kosten pro kauf",
    "acos": "kuv, kosten umsatz verhaltnis, werbekostenanteil, werbekostenquote, kur, kosten umsatz relation",
    "aov": "durchschnittlicher bestellwert, gemiddelde bestelwaarde, warenkorbwert",
    "rate": "quote, anteil pro, verhaltnis, verhouding",
    "share": "anteil*, aandeel, impressionsanteil, andel",
    "average": "durchschnitt*, gemiddeld*, durchschn, gjennomsnitt*, genomsnitt*",
    "campaign": "kampagne*, campagne*, kampanj*, kampanje*",
    "adgroup": "anzeigengruppe*, advertentiegroep*, annonsgrupp*, annonsegruppe*, annoncegruppe*, anzeigenset",
    "adtype": "anzeigentyp, anzeigenformat, advertentietype, werbeformat, anzeigenart, advertentievorm",
    "campaigntype": "kampagnentyp, campagnetype, kampagnenart",
    "ad": "anzeige, anzeigen, werbung, werbe, werbemittel, advertentie*, annons*, annonse*, annonce*, beworben*, "
    "gesponsert*",
    "keyword": "suchwort*, schlusselwort*, zoekwoord*, sokord, sokeord, keyword text, stichwort*",
    "query": "suchbegriff*, suchanfrage*, zoekterm*, zoekopdracht*, sokterm*, sokefrase, sogeord",
    "search": "suche, zoek, zoeken",
    "matchtype": "keyword option, ubereinstimmungstyp, zoekwoordtype, matchtyp, keyword optionen, matchningstyp",
    "placement": "platzierung*, plaatsing*, placering*, plassering*, werbeplatz, anzeigenplatz, seitentyp, paginatype",
    "product": "produkt*, artikel, artikels, product*, vare, varer, angebot, varianten, artikelen, aanbieding, ware",
    "sku": "artikelnummer*, produktnummer, varenummer, artikel nr, artikelnr, produkt id nummer, artikelcode",
    "account": "werbetreibende*, konto, adverteerder*, annonsor*, annoncor",
    "seller": "handler, verkaufer, verkoper, forhandler, lieferant, leverancier, partner",
    "retailer": "einzelhandler, retailer, winkelier",
    "store": "filiale, winkel, butik, markt, laden",
    "brand": "marke, marken, merk, varemerke, varumarke, markenname, merknaam",
    "category": "kategorie*, categorie*, kategori*, warengruppe, produktgruppe",
    "audience": "zielgruppe*, doelgroep*, malgrupp*",
    "region": "land, region, stadt, bundesland, regio, markt land",
    "device": "gerat*, geraet*, apparaat, enhet, apparat, plattform",
    "name": "name*, naam, bezeichnung*, titel*, navn, namn, omschrijving, beschreibung",
    "id": "nummer, kennung, kenmerk",
    "type": "typ, art, soort",
    "status": "zustand",
    "date": "datum, tag, dag, dato, berichtsdatum, stichtag",
    "week": "woche, monat, jahr, maand, kalenderwoche, zeitraum, periode, kw, jaar, weeknummer",
    "hour": "stunde, uur",
    "time": "zeit, uhrzeit, tijd",
    "currency": "wahrung*, waehrung, valuta, wahrungscode, valutacode",
    "price": "preis*, prijs*, pris, verkaufspreis, stuckpreis",
    "bid": "gebot*, bod, biedprijs, bud, max gebot, bieding",
    "budget": "tagesbudget*, dagbudget, gesamtbudget, budsjett, dagsbudget",
    "strategy": "gebotsstrategie, biedstrategie",
    "stock": "bestand, lagerbestand, voorraad, lagerbeholdning, lager, verfugbar*",
    "total": "gesamt*, totaal, totale, totalt, insgesamt, sammanlagt, alle",
    "same": "direkt*, direct*, gleicher artikel, gleiches produkt, zelfde",
    "halo": "indirekt*, indirect*, andere*, sonstige*, overige, weitere",
    "newbuyer": "neukunde*, nieuwe klanten, neue kunden, neukauf*, nya kunder, neu fur die marke",
    "clicktouch": "nach klick, na klik",
    "viewtouch": "nach view, nach impression",
    "previous": "vorjahr*, vorperiode*, vorig*, vergangen*, letzt*, anderung*, veranderung*, wijziging, vergleich",
    "target": "ziel*, doel, soll, limit, maximal*",
    "organic": "organisch*, organisk*",
    "assisted": "voraussichtlich*, erwartet*, verwacht*, geschatzt*, empfohlen*, aanbevolen, prognose",
    "cancelled": "storniert*, retoure*, ruckgabe*, geretourneerd*, geannuleerd*",
    "purchased": "gekauft*, gekocht*",
    "start": "startdatum, beginn, von, anfang, begin, startdato",
    "end": "enddatum, ende, bis, einddatum, eind, tot en met",
    "created": "erstellt*, aktualisiert*, aangemaakt, bijgewerkt",
    "tax": "steuer, mwst, btw, rabatt, gutschrift*, provision, korting, moms, ust, marge, gewinn",
    "atc": "in den warenkorb, warenkorb*, in winkelwagen, winkelwagen, zum warenkorb hinzugefugt, "
    "toegevoegd aan winkelwagen",
    "dpv": "produktaufrufe, seitenaufrufe, produktseitenaufrufe, paginaweergaven, productweergaven, "
    "detailseitenaufrufe",
    "reach": "reichweite, bereik, rackvidd",
    "viewable": "sichtbar*, zichtbar*",
    "invalid": "ungultig*, ongeldig*",
    "visit": "besuch*, bezoek*, besucher, sitzung*, nutzer, gebruiker*, kunden, klanten",
    "null": "der, die, das, des, den, von der, und, fur, pro, je, het, de, een, van, en, voor, per, in euro, "
    "mit, met, auf, og, och, aus, durch, door, uber, generiert*, beworbenen, zugeordnet*, toegeschreven, "
    "attribuiert*, brutto, netto, inkl mwst, exkl mwst, zzgl mwst, ohne mwst, inkl ust, excl btw, incl btw, "
    "exkl ust, eksl mva, inkl moms, exkl moms",
}
