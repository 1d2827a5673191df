"""Spanish, Portuguese, French and Italian."""

WORDS = {
    "impression": "impresion*, impressoes, impressao, impressions, affichage*, impressioni, visualizzazioni, "
    "visualizacoes, visualizaciones, exibicoes, vistas, vues, veces mostrado, exibicao, impresiones de anuncios",
    "click": "clic, clics, clique, cliques, cliccate, toques",
    "cost": "costo*, coste*, custo*, cout*, depense*, gasto*, inversion, investimento, investido, gastado, "
    "despesa*, spesa, spese, inversion publicitaria, depense publicitaire, depenses publicitaires, custo total, "
    "consumo, valor gasto, valor investido, importe gastado, montant depense, importo speso, investissement, "
    "costi",
    "order": "pedido*, compra, compras, commande*, ordine, ordini, orden, ordenes, encomenda*, achat, achats, "
    "acquisti, transaccion*, transacoes, transaction, numero de pedidos",
    "conversion": "conversiones, conversoes, conversioni",
    "unit": "unidad, unidades, unites, unite, unita, cantidad*, quantidade*, quantite*, quantita, "
    "itens vendidos, unidades vendidas, articulos vendidos, produtos vendidos, productos vendidos, "
    "unites vendues, articles vendus, produits vendus, pezzi, pecas, pieces, vendidos, vendidas, vendus, "
    "vendues, venduti, vendute, unita vendute, prodotti venduti, piezas, itens, quantidade vendida, "
    "cantidad vendida, quantite vendue",
    "sale": "venta, ventas, venda, vendas, vente, ventes, vendita, vendite",
    "revenue": "ingreso, ingresos, receita*, faturamento, facturacion, chiffre d affaires, ca, fatturato, "
    "ricavi, ricavo, revenu, revenus, facturado, valor de venta, valor de ventas, valor das vendas, "
    "valor de vendas, montant des ventes, importe de ventas, importe de venta, valore delle vendite, "
    "volume d affaires, volume de negocios, valeur des ventes, monto de ventas, valor em vendas, receitas, "
    "rendimento, valor vendido",
    "amount": "importe, monto, valor, montant, importo, valeur, valore, quantia",
    "count": "numero, nombre, nro, nb, cant, total de, contagem, conteo",
    "ctr": "tasa de clics, taux de clics, taux de clic, taxa de cliques, porcentaje de clics, "
    "percentuale di clic, tasso di clic, taxa de clique, tasa de clic",
    "cpc": "costo por clic, coste por clic, custo por clique, cout par clic, costo per clic, cpc medio, "
    "cpc moyen, cpc promedio, coste medio por clic, cout moyen par clic, costo promedio por clic, "
    "custo medio por clique, cpc medio real, prix par clic",
    "cpm": "costo por mil, custo por mil, cout pour mille, custo por mil impressoes, costo por mil impresiones, "
    "cout par mille",
    "cvr": "tasa de conversion, taux de conversion, taxa de conversao, tasso di conversione, "
    "taux de transformation, porcentaje de conversion",
    "cpa": "costo por conversion, custo por conversao, costo por venta, custo por venda, costo por adquisicion, "
    "cout par commande, cout par conversion, coste por pedido, custo por pedido, cout par acquisition, "
    "costo por orden, custo por conversao direta",
    "roas": "retorno de la inversion, retorno sobre o investimento, retour sur investissement, "
    "retorno sobre investimento, retorno de inversion publicitaria, retour sur depenses publicitaires, "
    "retorno sobre gasto",
    "acos": "costo publicitario de ventas, custo publicitario de vendas, cout publicitaire des ventes",
    "aov": "ticket medio, ticket promedio, panier moyen, valor medio do pedido, valor medio de pedido, scontrino medio",
    "rate": "tasa, taxa, taux, tasso, porcentaje, porcentagem, pourcentage, percentuale, percentual, relacion",
    "share": "cuota, parcela, part, quota, participacion, participacao, quota di impressioni, part de voix, "
    "posicion, posicao, cuota de impresiones, parcela de impressoes, part d impressions",
    "average": "promedio, medio, media, moyen, moyenne, medie",
    "campaign": "campana*, campanha*, campagna, campagne, campaña*",
    "adgroup": "grupo de anuncios, grupos de anuncios, groupe d annonces, gruppo di annunci, "
    "conjunto de anuncios, grupo de anuncio, groupe d annonce, groupe publicitaire, ensemble de publicites, "
    "gruppo annunci",
    "adtype": "tipo de anuncio, tipos de anuncios, type d annonce, formato de anuncio, format publicitaire, "
    "tipo di annuncio, formato del anuncio, tipo de publicidad, format d annonce, tipo de publicidade",
    "campaigntype": "tipo de campana, tipo de campanha, type de campagne, tipo di campagna",
    "ad": "anuncio*, annonce, annonces, annuncio, annunci, publicidad, publicidade, publicite*, pubblicita, "
    "publicitario, publicitaria, publicitaire, patrocinad*, sponsorise*, publicitarios, promovido*, "
    "promocionado*, atribuid*, attribue*",
    "creative": "criativo*, creativo*, creatividad*, creatif",
    "keyword": "palabra clave, palabras clave, palavra chave, palavras chave, mot cle, mots cles, parola chiave, "
    "parole chiave, palavra chave segmentada",
    "query": "termino de busqueda, terminos de busqueda, termo de pesquisa, termo de busca, termos de pesquisa, "
    "terme de recherche, termes de recherche, termine di ricerca, termini di ricerca, consulta, busqueda, "
    "requete, consulta de busqueda, termos de busca, mot cle recherche",
    "search": "busca, pesquisa, recherche, ricerca",
    "matchtype": "tipo de concordancia, tipo de correspondencia, type de correspondance, tipo di corrispondenza, "
    "concordancia, correspondencia, tipo de coincidencia, type de ciblage mot cle, tipo de combinacao, "
    "combinacao, combinacion",
    "placement": "ubicacion*, posicionamento, posicionamiento, emplacement*, posizionamento, localizacao, "
    "colocacion, tipo de pagina, type de page, veiculacao, local de exibicao, espacio publicitario",
    "product": "producto*, produto*, produit*, prodotto, prodotti, articulo*, artigo*, item, itens anunciados, "
    "publicacion, oferta, articolo, articoli, article, articles, articulos, anuncio de producto, offre",
    "sku": "referencia, codigo de producto, codigo do produto, reference produit, codice prodotto, "
    "codice articolo, codigo de articulo, code article, code produit, referencia do produto, reference",
    "gtin": "codigo de barras, code barre, code barres, codice a barre, codigo ean, code ean, codice ean",
    "account": "anunciante*, cuenta, conta, annonceur*, compte, inserzionista, conto",
    "seller": "vendedor, vendeur, venditore, tienda, loja, boutique, lojista, fornecedor, proveedor",
    "retailer": "minorista, varejista, enseigne, rivenditore, distributeur",
    "store": "magasin, negozio, tienda fisica, sucursal, point de vente, ponto de venda, loja fisica, filial",
    "brand": "marca, marcas, marque, marques, nombre de la marca, nome da marca",
    "category": "categoria*, categorie*, departamento, rayon, famille, univers, reparto, seccion, secao",
    "audience": "audiencia, publico, segmento, pubblico, segment",
    "region": "pais, ciudad, cidade, pays, ville, paese, citta, provincia, estado, regiao, regione, code postal",
    "device": "dispositivo*, plataforma, appareil*, aparelho, plateforme, piattaforma, terminal",
    "name": "nombre, nome, nom, titulo, titre, titolo, intitule, libelle, descripcion, descricao, designation, "
    "descrizione",
    "id": "identificador, identifiant, codigo, code, codice",
    "type": "tipo, tipos, metodo, methode",
    "status": "estado de la campana, statut, situacao, stato, etat, estatus, status da campanha, estado del anuncio",
    "date": "fecha*, data, dia, jour, date, giorno, dates, jour de diffusion, data do evento",
    "week": "semana, mes, mois, ano, semaine, mese, settimana, anno, annee, periodo, periode, trimestre, intervalo",
    "hour": "hora, heure, ora",
    "currency": "moneda*, moeda*, devise*, valuta, divisa, codigo de moneda, code devise, codigo da moeda",
    "price": "precio*, preco*, prix, prezzo, prezzi",
    "bid": "puja*, lance*, enchere*, offerta, puja maxima, lance maximo, cpc max, cpc maximo, oferta maxima",
    "budget": "presupuesto*, orcamento*, bilancio, budget, presupuesto diario, orcamento diario, "
    "budget quotidien, budget giornaliero, verba",
    "strategy": "estrategia de puja, estrategia de pujas, estrategia de lances, strategie d encheres, strategia, "
    "estrategia, strategie, metodo de lance, metodo de puja, strategia di offerta",
    "targeting": "segmentacion, segmentacao, ciblage, targeting",
    "stock": "existencias, estoque, inventario, inventaire, giacenza, disponibilita, quantite disponible, "
    "stock disponible, quantidade disponivel",
    "total": "total, totales, totais, totale, totali, totaux, totala, globale, geral",
    "same": "direct*, directa*, directo*, direta*, direto*, direttamente, diretta, dirette, diretti, "
    "mismo producto, meme produit, stesso prodotto, mesmo produto, direitas",
    "halo": "indirect*, indirecta*, indirecto*, indireta*, indireto*, otros productos, outros produtos, "
    "autres produits, altri prodotti, asistida por marca, otro, outros, otros, autres, altri, assistidos",
    "newbuyer": "nuevos clientes, novos clientes, nouveaux clients, nuovi clienti, nuevos compradores, "
    "novos compradores, nouveaux acheteurs, nuevo para la marca, nouveau client, nuevo cliente, novo cliente, "
    "nuevos en la marca",
    "clicktouch": "post clic, apos clique, despues del clic, apres clic",
    "viewtouch": "post vista, post visualizacao, apres affichage, post vue, post impression",
    "previous": "anterior*, precedent*, ano pasado, ano passado, annee derniere, variacion, variacao, evolution, "
    "diferencia, comparacion, anno precedente, cambio, crescimento, n 1",
    "target": "objetivo, meta, objectif, obiettivo, limite, maximo, minimo, maximum",
    "organic": "organic*, organico*, organica*, organique*, naturel*, sin publicidad, sem anuncio",
    "assisted": "esperad*, previst*, asistid*, assistid*, recomendad*, sugerid*, suggerit*, prevu, assiste*",
    "cancelled": "cancelad*, devuelt*, devolucion*, devolvid*, devolucao, devolucoes, annule*, retour*, reso, "
    "resi, annullat*, rembourse*",
    "purchased": "comprad*, achete*, acquistat*, adquirid*",
    "start": "inicio, debut, inizio, desde, comienzo, fecha de inicio, data de inicio, date de debut",
    "end": "fin, termino, encerramento, fine, hasta, final, fecha de fin, data de encerramento, date de fin, "
    "data de termino",
    "created": "creacion, criacao, creation, creado, criado, cree, actualizacion, atualizado, atualizacao, "
    "mise a jour, aggiornato, alta, fecha de creacion, alta del producto, data de criacao, ajout",
    "tax": "impuesto*, imposto*, iva, tva, taxe, taxes, descuento*, desconto*, remise, comision, comissao, "
    "commission, bono, credito*, credit, sconto, bonificacion, neto, liquido, net, benefice, lucro, ganancia, "
    "marge, frais, frete, envio, bonus, tarifa fija",
    "atc": "agregar al carrito, anadir al carrito, adicionar ao carrinho, ajout au panier, ajouts au panier, "
    "aggiunte al carrello, adicoes ao carrinho, carrito, carrinho, panier, carrello, anadidos al carrito, "
    "adicionados ao carrinho, mises au panier, agregados al carrito",
    "dpv": "visitas al producto, visualizacoes de produto, visitas a la pagina, pages vues, "
    "visualizacoes de pagina, vistas de pagina, vues de la page produit, visualizzazioni di pagina, "
    "vistas de producto, visualizaciones de la pagina de detalles",
    "reach": "alcance, portee, couverture, copertura",
    "frequency": "frecuencia, frequencia, frequence, frequenza",
    "viewable": "visible*, visivel, visiveis, visibili",
    "invalid": "invalid*",
    "video": "reproduccion*, reproducao, reproducoes, lectures, riproduzioni, video completo",
    "visit": "visita*, visite*, visitante*, sesion*, sessao, sessoes, usuario*, usuarios, comprador*, acheteur*, "
    "cliente*, client, clients, sessions, clienti, favoritos",
    "null": "de, del, la, el, los, las, do, da, dos, das, o, os, e, y, et, le, les, du, di, dei, delle, della, "
    "il, i, lo, gli, por, para, con, com, par, pour, en, em, su, sur, al, ao, aos, un, une, uno, d, l, "
    "atribuidas, atribuidos, atribuida, generado*, gerad*, genere*, diario, diaria, quotidien, giornaliero, "
    "reais, euros, pesos, que, se, ttc, bruto, bruta, brut, ht, sin iva, con iva, iva incluido, sem iva, "
    "com iva, iva esclusa, iva inclusa, hors taxes, hors taxe, sin impuestos, con impuestos",
    "converting": "conversao, conversione",
    "estimated": "estimad*, estime, estimee, stimat*",
    "promoted": "promu, promus, promovido, promovida",
}
