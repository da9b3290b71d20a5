"""Each kind of thing that was once said wrong, in each language where it was."""

import pytest

from chaptercast.common.units import LanguageTag
from chaptercast.script.normalise import clean, spell


def said(language: str, written: str) -> str:
    tag = LanguageTag(language)
    return spell(clean(written, tag), tag)


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("pt", "Vale R$ 30.", "Vale trinta reais."),
        ("ru", "за $7", "за семь долларов"),
        ("ru", "€8 и 9 ₽", "восемь евро и девять рублей"),
        ("hi", "₹60", "साठ रुपये"),
        ("ko", "$40", "사십 달러"),
        ("ja", "$7と¥80と€9", "七ドルと八十円と九ユーロ"),
        ("ja", "額は$7", "額は七ドル"),
        ("pl", "€7 i 2 zł", "siedem euro i dwa złote"),
        ("uk", "€7 і 2 ₴", "сім євро і дві гривні"),
        ("tr", "₺80", "seksen lira"),
        ("ar", "$7 و€20", "سبعة دولارات وعشرون يورو"),
        ("vi", "5$-7$", "năm đô la đến bảy đô la"),
    ],
)
def test_no_currency_is_lost_before_or_behind(language, written, spoken):
    assert said(language, written) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("ru", "Днём -7°C.", "Днём минус семь градусов Цельсия."),
        ("pl", "-7°C", "minus siedem stopni Celsjusza"),
        ("tr", "-7°C", "eksi yedi santigrat derece"),
        ("ja", "昨日は-7℃", "昨日はマイナス七度"),
        ("ko", "어제 -7℃", "어제 마이너스 칠 도"),
        ("da", "-7°C", "minus syv grader celsius"),
        ("ar", "-7°C", "سالب سبع درجات مئوية"),
        ("hi", "-7°C", "माइनस सात डिग्री सेल्सियस"),
    ],
)
def test_a_minus_before_degrees_is_heard(language, written, spoken):
    assert said(language, written) == spoken


@pytest.mark.parametrize(
    "language", ["pt", "it", "nl", "sv", "da", "nb", "ru", "uk", "pl", "cs", "tr", "hi", "ar", "vi", "ko", "ja"]
)
@pytest.mark.parametrize("written", ["2021-04-06", "4-2", "10-12 kg", "1914-1918"])
def test_a_hyphen_between_numbers_is_no_minus(language, written):
    tag = LanguageTag(language)
    minus = spell(clean("-1", tag), tag).split(" ")[0].removesuffix("一")
    assert minus not in said(language, written)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("6-я глава", "шестая глава"),
        ("3-го апреля", "третьего апреля"),
        ("1970-е годы", "тысяча девятьсот семидесятые годы"),
        ("2-е место", "второе место"),
        ("в 1987-м", "в тысяча девятьсот восемьдесят седьмом"),
        ("7-летний", "семилетний"),
        ("30-процентный", "тридцатипроцентный"),
        ("дом № 6", "дом номер шесть"),
        ("в XVII веке", "в семнадцатом веке"),
        ("XV–XVI вв. прошли", "пятнадцатого — шестнадцатого веков прошли"),
        ("со 120 гостями", "со ста двадцатью гостями"),
        ("12–14 мая", "с двенадцатого по четырнадцатое мая"),
        ("в 2021/22 учебном году", "в две тысячи двадцать первом — двадцать втором учебном году"),
        ("Карл XII", "Карл Двенадцатый"),
        ("при Екатерине II", "при Екатерине Второй"),
        ("ХХ век", "двадцатый век"),
        ("к 1998 году", "к тысяча девятьсот девяносто восьмому году"),
        ("более 21 км", "более двадцати одного километра"),
        ("2 недели, 1 неделя, 2 дня", "две недели, одна неделя, два дня"),
        ("за 1 минуту", "за одну минуту"),
        ("12.5 %", "двенадцать целых пять десятых процента"),
    ],
)
def test_russian_agrees(written, spoken):
    assert said("ru", written) == spoken


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("nl", "in 1974", "in negentienhonderdvierenzeventig"),
        ("sv", "år 1974 och 2 miljoner", "år nittonhundrasjuttiofyra och två miljoner"),
        ("sv", "1 miljon och 40", "en miljon och fyrtio"),
        ("da", "i 1974", "i nittenhundrede fireoghalvfjerds"),
        ("nb", "i 1974", "i nitten hundre og syttifire"),
        ("hi", "1974 में", "उन्नीस सौ चौहत्तर में"),
        ("vi", "năm 2024", "năm hai nghìn không trăm hai mươi bốn"),
        ("ja", "1998年", "千九百九十八年"),
        ("ko", "1998년", "천구백구십팔년"),
    ],
)
def test_years_are_said_as_years(language, written, spoken):
    assert said(language, written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("6月7日(木)から", "六月七日、木曜日から"),
        ("(月)", "(月)"),
        ("6月7日（月〜金）", "六月七日、月曜日から金曜日"),
        ("5〜8時", "五から八時"),
        ("4分の3と2/5", "四分の三と五分の二"),
        ("12/24から12/26まで", "十二月二十四日から十二月二十六日まで"),
        ("9:30pm", "午後九時三十分"),
        ("06-1234-5678", "ゼロ六の一二三四の五六七八"),
        ("3>2", "三大なり二"),
    ],
)
def test_japanese_dates_ranges_and_fractions(written, spoken):
    assert said("ja", written) == spoken


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("사과 4개를 2시에", "사과 네 개를 두시에"),
        ("20살, 21명, 100명", "스무 살, 스물한 명, 백명"),
        ("1번째", "첫 번째"),
        ("3/4이", "사분의 삼이"),
        ("3/5가", "오분의 삼이"),
        ("1/2을", "이분의 일을"),
        ("6월 10일", "유월 십일"),
        ("5월 4일(수)", "오월 사일 수요일"),
    ],
)
def test_korean_counts_in_two_ways(written, spoken):
    assert said("ko", written) == spoken


def test_portuguese_counts_as_in_brazil_unless_it_is_that_of_portugal():
    assert said("pt-BR", "17 e 2 bilhões") == said("pt", "17 e 2 bilhões") == "dezessete e dois bilhões"
    assert said("pt-BR", "€ 3.000.000.000") == "três bilhões de euros"
    assert said("pt-PT", "€ 17") == "dezassete euros"
    assert said("pt-PT", "€ 3.000.000.000") == "três mil milhões de euros"


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        ("it", "il 2° posto, il 2 °C, la 4ª volta", "il secondo posto, il due gradi Celsius, la quarta volta"),
        (
            "it",
            "Pesa 3 kg, misura 4 m, 1/5 in più, € 7,05",
            "Pesa tre chili, misura quattro metri, un quinto in più, sette euro e cinque centesimi",
        ),
        ("pt", "às 9h15, 1h e 21h", "às nove horas e quinze, uma hora e vinte e uma horas"),
        ("pt", "n.º 6, 2ª vez, 3 2/5", "número seis, segunda vez, três e dois quintos"),
        ("nl", "de 3e, om 9.05 uur, Karel V", "de derde, om negen uur vijf, Karel de vijfde"),
        ("hi", "₹1,20,000; ३.५; 7वीं", "एक लाख बीस हज़ार रुपये; तीन दशमलव पाँच; सातवीं"),
        ("ar", "٣٫٥٪ و3/4", "ثلاثة فاصلة خمسة بالمئة وثلاثة أرباع"),
        ("tr", "19. yüzyıl, 2. kısım, 1998'de", "on dokuzuncu yüzyıl, ikinci kısım, bin dokuz yüz doksan sekiz’de"),
        ("pl", "3. miejsce, 20 km, o 8:05", "trzecie miejsce, dwadzieścia kilometrów, o ósmej zero pięć"),
        ("cs", "Karel IV. žil ve 14. století.", "Karel Čtvrtý žil ve čtrnáctém století."),
        ("vi", "thứ 4, thứ 5", "thứ tư, thứ năm"),
        ("uk", "7-й і 1980-ті", "сьомий і тисяча дев’ятсот вісімдесяті"),
    ],
)
def test_ordinals_units_times_and_decimal_marks(language, written, spoken):
    assert said(language, written) == spoken


def test_the_full_stop_of_a_sentence_stays_where_an_abbreviation_ends_it():
    assert (
        said("ru", "Стоит 5 руб. Он ушёл в 1990 г.") == "Стоит пять рублей. Он ушёл в тысяча девятьсот девяностом году."
    )
    assert said("it", "Pane, vino ecc. E poi 3 kg.") == "Pane, vino eccetera. E poi tre chili."
