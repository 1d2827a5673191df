"""In every language, what stands beside the figures that matter is not taken for them."""

import pytest

from harmonization.suggestion.knowledge import Knowledge
from harmonization.suggestion.suggest import suggest

REPORTS = {
    "japanese": "日付|キャンペーン名|表示回数|クリック数|費用|注文数|売上金額",
    "korean": "날짜|캠페인명|노출수|클릭수|광고비|주문수|매출액",
    "chinese": "日期|计划名称|展现量|点击量|花费|成交笔数|成交金额",
    "russian": "Дата|Кампания|Показы|Клики|Расход|Заказы|Выручка",
    "portuguese": "Data|Campanha|Impressões|Cliques|Investimento|Pedidos|Receita",
    "german": "Datum|Kampagne|Impressionen|Klicks|Kosten|Bestellungen|Umsatz",
    "spanish": "Fecha|Campaña|Impresiones|Clics|Gasto|Pedidos|Ingresos",
    "french": "Date|Campagne|Impressions|Clics|Dépense|Commandes|Chiffre d'affaires",
}
FIGURES = ["event_date", "campaign_name", "impressions", "clicks", "cost", "orders", "revenue"]
# Last year, a goal, organic, forecast, cancelled, start, suggested bid, share, videos, new customers, item bought.
BESIDE = {
    "japanese": "前年売上|目標ROAS|自然検索売上|予測売上|キャンセル件数|開始日|推奨入札額|平均掲載順位|"
    "動画再生数|新規顧客数|購入商品名",
    "korean": "전년 매출|목표 ROAS|자연 매출|예상 매출|취소 주문수|시작일|추천 입찰가|노출 점유율|동영상 재생수|"
    "신규 고객수|구매 상품명",
    "chinese": "去年销售额|目标投产比|自然成交金额|预估成交金额|退款金额|开始日期|建议出价|曝光份额|视频播放量|"
    "新客数|购买商品名称",
    "russian": "Выручка за прошлый год|Целевой ROAS|Органические продажи|Прогноз выручки|Отмененные заказы|"
    "Дата начала|Рекомендуемая ставка|Доля показов|Просмотры видео|Новые покупатели|Купленный товар",
    "portuguese": "Receita ano anterior|Meta de ROAS|Vendas orgânicas|Receita estimada|Pedidos cancelados|"
    "Data de início|Lance sugerido|Parcela de impressões|Visualizações de vídeo|Novos clientes|Produto comprado",
    "german": "Umsatz Vorjahr|Ziel-ROAS|Organischer Umsatz|Prognostizierter Umsatz|Stornierte Bestellungen|"
    "Startdatum|Empfohlenes Gebot|Impressionsanteil|Videoaufrufe|Neukunden|Gekaufter Artikel",
    "spanish": "Ingresos año anterior|ROAS objetivo|Ventas orgánicas|Ingresos estimados|Pedidos cancelados|"
    "Fecha de inicio|Puja sugerida|Cuota de impresiones|Reproducciones de video|Nuevos clientes|"
    "Producto comprado",
    "french": "CA année précédente|ROAS cible|Ventes organiques|CA estimé|Commandes annulées|Date de début|"
    "Enchère suggérée|Part d'impressions|Vues vidéo|Nouveaux clients|Produit acheté",
}


@pytest.mark.parametrize("language", REPORTS)
def test_a_plain_report_is_read_whole(language: str) -> None:
    found = suggest(header=REPORTS[language].split("|"), values={}, knowledge=Knowledge())

    assert [one.field for one in found] == FIGURES


@pytest.mark.parametrize(
    ("language", "column"), [(language, one) for language, names in BESIDE.items() for one in names.split("|")]
)
def test_what_misleads_is_left_out_and_spoils_nothing(language: str, column: str) -> None:
    found = suggest(header=[*REPORTS[language].split("|"), column], values={}, knowledge=Knowledge())

    assert [one.field for one in found] == [*FIGURES, None]
