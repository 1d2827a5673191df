"""Russian, Ukrainian, Polish and Czech; and Turkish beside them."""

WORDS = {
    "impression": "показ, показы, показов, показа, просмотры рекламы, wyswietlen*, odslon*, zobrazen*, imprese, "
    "показатели показов, gosterim*, goruntulenme*, goruntuleme*, emisj*",
    "view": "просмотр*, просмотров",
    "click": "клик*, переход*, klikniec*, klikn*, prokliky, proklik*, tiklama*, tik, tiklanma*, klikow, клікі, "
    "кліки, клики",
    "cost": "расход*, затрат*, потрачено, стоимость рекламы, списано, списания, koszt*, wydatk*, wydano, "
    "naklad*, utrata, harcama*, maliyet*, витрат*, траты, израсходовано, сумма списания, сумма расхода, "
    "стоимость продвижения, рекламные расходы, reklam harcamasi, reklam maliyeti, toplam harcama, "
    "wydatki na reklame",
    "order": "заказ, заказы, заказов, заказа, покупк*, транзакц*, zamowien*, zamowienia, objednav*, nakup*, "
    "siparis*, замовлен*, zakup*, transakcj*",
    "conversion": "konwersj*, konverz*, donusum*, конверсии, конверсий, число конверсий, количество конверсий",
    "unit": "штук, количество товаров, продано товаров, продано штук, заказано товаров, заказанные товары, "
    "товаров заказано, sztuk*, liczba sztuk, kus, kusy, adet, adedi, satilan urun, satilan adet, satis adedi, "
    "sprzedane sztuki, продано, sprzedane produkty, prodane kusy, urun adedi, количество проданных товаров, "
    "ilosc, satilan, sprzedan*, mnozstvi",
    "sale": "продажи, продаж, продажа, sprzedaz*, prodej*, satis, satislar, satislari",
    "revenue": "выручк*, доход, доходы, оборот*, сумма заказов, сумма продаж, сумма заказа, обороты, przychod*, "
    "obrot*, wartosc sprzedazy, trzby, trzba, ciro, gelir*, satis tutari, дохід, виручка, wartosc zamowien, "
    "hodnota objednavek, заказов на сумму, стоимость заказов, продаж на сумму, сумма покупок, toplam ciro, "
    "satis geliri, wartosc konwersji",
    "amount": "сумма, стоимость, wartosc, kwota, tutar*, castka, hodnota",
    "count": "количество, число, кол во, liczba, sayisi, sayi, pocet, кількість, шт, чел, ед",
    "ctr": "кликабельность, процент кликов, wskaznik klikniec, tiklama orani, tiklanma orani, mira prokliku, "
    "wspolczynnik klikniec",
    "cpc": "цена клика, цена за клик, стоимость клика, средняя стоимость клика, средняя цена клика, "
    "ср цена клика, ср стоимость клика, koszt klikniecia, sredni koszt klikniecia, sredni cpc, cena za klik, "
    "tiklama basi maliyet, tiklama basina maliyet, ortalama tbm, tbm, sr cpc, koszt za klikniecie, "
    "cena za proklik, prumerna cena za proklik, стоимость за клик, ortalama tiklama maliyeti, средний cpc, ср cpc",
    "cpm": "цена 1000 показов, стоимость 1000 показов, ср цена 1000 показов, средняя стоимость 1000 показов, "
    "цена за 1000 показов, bin gosterim basina maliyet, стоимость тысячи показов, цена тысячи показов",
    "cvr": "коэффициент конверсии, конверсия в заказ, конверсия в корзину, конверсия в покупку, "
    "wspolczynnik konwersji, donusum orani, конверсия в клик, konverzni pomer, процент конверсии",
    "cpa": "стоимость заказа, цена заказа, цена за заказ, стоимость корзины, стоимость за заказ, "
    "koszt zamowienia, koszt konwersji, siparis basi maliyet, стоимость покупки, цена конверсии, "
    "стоимость конверсии, siparis basina maliyet, средняя стоимость заказа",
    "roas": "возврат инвестиций, окупаемость, окупаемость рекламы, zwrot z inwestycji, "
    "zwrot z wydatkow na reklame, reklam harcamasi getirisi, reklam getirisi, рентабельность рекламы",
    "acos": "дрр, доля рекламных расходов, udzial kosztow reklamy, reklam maliyet orani, pno",
    "aov": "средний чек, srednia wartosc zamowienia, ortalama sepet tutari, srednia wartosc koszyka",
    "rate": "общий дрр, дрр общий, процент, коэффициент, wskaznik, wspolczynnik, oran, orani, pomer, "
    "соотношение, yuzde, procent",
    "share": "доля, позиция, место, udzial*, pozycja, pay, payi, podil, видимость, рейтинг",
    "average": "средн*, ср, sredn*, ortalama, prumer*, середн*",
    "campaign": "кампани*, рекламная кампания, рк, kampani*, kampan*, kampanya*, акция",
    "adgroup": "группа объявлений, группы объявлений, группа, grupa reklam, grupy reklam, reklam grubu, "
    "reklam seti, reklamni sestava, grupa reklamowa, sestava, grupa, grupy",
    "adtype": "тип рекламы, формат рекламы, typ reklamy, format reklamy, reklam tipi, reklam turu, "
    "reklam formati, тип продвижения, вид рекламы, инструмент продвижения, инструмент",
    "campaigntype": "тип кампании, typ kampanii, kampanya tipi, kampanya turu, вид кампании",
    "ad": "реклам*, объявлен*, продвижен*, продвигаем*, reklam*, ogloszen*, reklama, inzerat, спонсир*, "
    "рекламируем*, promowan*, reklamowan*, sponsorowan*, promowany",
    "creative": "креатив*, баннер*, kreacj*",
    "keyword": "ключевое слово, ключевые слова, ключевая фраза, ключевые фразы, slowo kluczowe, slowa kluczowe, "
    "anahtar kelime*, klicove slovo, kelime, ключ",
    "query": "поисковый запрос, поисковые запросы, запрос, запросы, поисковая фраза, zapytanie*, "
    "wyszukiwane haslo, arama terimi, arama sorgusu, hledany vyraz, fraza, wyszukiwana fraza, пошуковий запит",
    "search": "поиск, поисковый, arama, wyszukiwan*",
    "matchtype": "тип соответствия, typ dopasowania, eslesme turu, eslesme tipi, dopasowanie, typ shody, соответствие",
    "placement": "место размещения, место показа, площадка, тип страницы, размещение, плейсмент, зона показа, "
    "зоны показов, umiejscowienie, miejsce wyswietlania, yerlesim*, reklam alani, umisteni, страница показа, "
    "gosterim yeri",
    "product": "товар*, продукт*, номенклатур*, produkt*, ofert*, urun*, zbozi, oferty, предмет, ilan, номенклатура",
    "sku": "артикул*, ску, арт, код товара, номер товара, kod produktu, urun kodu, stok kodu, numer oferty, "
    "indeks, артикул wb, kod zbozi, barkod numarasi urun, model kodu, артикул товара, kod oferty, urun no",
    "sellersku": "артикул продавца, артикул поставщика, sku продавца, sygnatura, satici stok kodu",
    "gtin": "штрихкод, штрих код, баркод, barkod, kod kreskowy, kod ean, carovy kod",
    "account": "рекламодател*, кабинет, аккаунт, reklamodawc*, reklamveren, konto, hesap, inzerent",
    "seller": "продавец, поставщик, магазин продавца, sprzedawc*, satici, magaza, prodejce, sprzedajacy, "
    "кампания продавца, ип",
    "retailer": "ритейлер, ретейлер, сеть, perakendeci, sprzedawca detaliczny",
    "store": "магазин, склад, точка, sklep, sube, prodejna, depo",
    "brand": "бренд*, марка, mark*, znacka, торговая марка",
    "category": "категори*, раздел, kategori*, kategoria, grupa towarowa, предмет категория",
    "audience": "аудитори*, сегмент*, grupa docelowa, hedef kitle, kitle, odbiorcy",
    "region": "регион, город, страна, область, kraj, miasto, ulke, sehir, il, bolge, zeme, mesto, województwo",
    "device": "устройств*, платформ*, тип устройства, urzadzen*, cihaz*, platforma, zarizeni",
    "name": "название*, наименовани*, имя, заголовок, nazwa, nazev, adi, isim, tytul, baslik, ad soyad, isimi",
    "id": "номер, ид, идентификатор, айди, код, numer, identyfikator, numarasi, kimlik, kod",
    "type": "тип, вид, rodzaj, tur, turu, tipi, способ",
    "status": "статус*, состояние, stan, durum*, stav",
    "date": "дата, день, data, dzien, tarih*, gun, datum, den, дата показа, dni",
    "week": "недел*, месяц*, год, период*, tydzien, miesiac, hafta, ay, yil, okres, rok, tyden, mesic, donem",
    "hour": "час, godzina, saat, hodina",
    "time": "время, czas, zaman",
    "currency": "валют*, walut*, para birimi, mena, doviz",
    "price": "цена, цена товара, стоимость товара, cena, fiyat*, цена продажи",
    "bid": "ставка*, stawka*, oferta cpc, teklif*, max cpc, sazka, nabidka, tbm teklifi, maks cpc",
    "budget": "бюджет*, budzet*, butce*, rozpocet, дневной бюджет, gunluk butce, budzet dzienny",
    "strategy": "стратеги*, strategi*, teklif stratejisi, стратегия ставок, strateji",
    "pricing": "модель оплаты, тип оплаты, model rozliczen, ucretlendirme",
    "stock": "остат*, наличие, запас*, stan magazynowy, zapas, stok, stok adedi, sklad",
    "total": "всего, итого, общ*, суммарн*, lacz*, ogolem, razem, toplam*, celkem, celkov*, весь",
    "same": "прям*, bezposredn*, dogrudan, direkt, prim*, продвигаемый товар, тот же товар",
    "halo": "косвенн*, ассоциированн*, модели, с модели, posredn*, dolayli, neprim*, другие товары, "
    "других товаров, inne, diger*, other urun, сопутствующ*, модель, похожие товары",
    "newbuyer": "новые покупатели, новых покупателей, новые клиенты, новых клиентов, nowi klienci, "
    "nowi kupujacy, yeni musteri*, novi zakaznici",
    "clicktouch": "после клика, po kliknieciu, tiklama sonrasi",
    "viewtouch": "после показа, после просмотра, po wyswietleniu, gosterim sonrasi",
    "previous": "прошл*, предыдущ*, динамик*, изменени*, сравнени*, poprzedn*, ubiegl*, zmian*, onceki, gecen, "
    "degisim, predchoz*, minul*",
    "target": "целев*, цель, план*, лимит*, максимальн*, минимальн*, порог, cel, limit*, hedef*, docelow*, "
    "maks*, cil, остаток бюджета",
    "organic": "органическ*, органик*, без рекламы, organiczn*, organik*, organick*, вся выручка",
    "assisted": "ожидаем*, прогноз*, рекоменд*, szacowan*, prognoz*, sugerowan*, rekomendowan*, tahmin*, "
    "onerilen*, oczekiwan*, odhad*, doporucen*, предполагаем*",
    "cancelled": "отмен*, возврат*, возвращ*, невыкуп*, zwrot, zwroty, anulowan*, iptal*, iade*, storn*, vracen*",
    "purchased": "куплен*, приобретен*, kupion*, satin alinan*, zakoupen*, заказанного товара",
    "start": "начал*, старт, дата начала, poczatek, rozpoczec*, baslangic*, zacatek, od",
    "end": "окончани*, конец, завершени*, дата окончания, koniec, zakonczen*, bitis*, konec, do",
    "created": "создани*, создан*, добавлени*, добавлен, обновлен*, дата добавления, дата создания, utworzen*, "
    "olusturma*, guncelleme*, vytvoren*, aktualizac*",
    "tax": "налог, скидк*, бонус*, комисси*, кэшбэк, за минусом, маржа, прибыл*, возмещен*, podatek, rabat*, "
    "prowizj*, marza, zysk, vergi, indirim*, komisyon*, kar, dph, sleva, провизия, логистик*, доставк*, "
    "за вычетом, бонусный, бонусами, бонусов, себестоимость",
    "atc": "в корзину, добавления в корзину, добавлений в корзину, корзина, корзины, корзин, добавили в корзину, "
    "добавление в корзину, do koszyka, dodania do koszyka, koszyk, sepete ekleme, sepet, sepete ekleme sayisi, "
    "do kosiku, sepete eklenme",
    "dpv": "просмотры карточки, просмотры карточки товара, просмотры товара, открытия карточки, karta produktu, "
    "urun goruntulenme, переходы в карточку, wyswietlenia produktu",
    "reach": "охват*, zasieg*, erisim, zasah, уникальные пользователи",
    "frequency": "частот*, czestotliwosc, frekans, siklik",
    "viewable": "видим*, widoczn*, gorunur*, viditeln*",
    "invalid": "недействительн*, niewazn*, gecersiz*, фрод",
    "visit": "посещени*, визит*, посетител*, пользовател*, покупател*, клиент*, wizyt*, uzytkowni*, ziyaret*, "
    "kullanici*, kupujac*, klient*, избранное, alici, musteri*, navstev*, лайк*",
    "null": "с, со, на, по, из, в, во, за, от, и, к, ндс, с ндс, включая ндс, без, руб, рублей, р, w, z, na, za, "
    "i, przez, dla, ze, zl, brutto, ve, ile, icin, den, dan, kdv, dahil, kc, в рублях, грн, по рекламе, "
    "с рекламы, из рекламы, z reklam, z reklamy, reklamdan, reklam kaynakli, przypisan*, atrybuowan*, атрибуц*, "
    "сум, uah, netto, bez vat, z vat, bez dph, s dph, kdv haric, kdv dahil, без ндс",
    "ordered": "заказано, заказанн*",
    "converting": "конверсия, конверсию",
    "estimated": "расчетн*, примерн*, szacunkow*, tahmini",
}
