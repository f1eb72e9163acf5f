from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
import zxingcpp

from classroom_matrix.i18n.check import differences
from classroom_matrix.roster.slips.pdf import PER_PAGE, Slip, class_and_year, print_slips, shown

ANNA = Slip(
    klass="3Б, 2026/27",
    name="Анна Беляева",
    pupils=("Семён Беляев", "Таисия Беляева"),
    url="https://school.example/j/k7hm4xqr",
    words=("капель", "лимон", "сосна", "праздник", "ветер"),
    expires=date(2026, 12, 6),
    ask="Ольга Петровна, каб. 14",
    language="ru",
)
PAVEL = replace(
    ANNA,
    name="Pavel Belyaev",
    url="https://school.example/j/wr8g2n5t",
    words=("acorn", "lemon", "maple", "winter", "robin"),
    language="en",
)


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().replace("\u200b", "").split()) for page in document]


def codes_of(pdf: bytes) -> list[list[str]]:
    """What a phone's camera reads on each page, from top to bottom."""
    found = []
    for page in pypdfium2.PdfDocument(pdf):
        codes = zxingcpp.read_barcodes(page.render(scale=3, grayscale=True).to_pil())
        found.append([code.text for code in sorted(codes, key=lambda code: code.position.top_left.y)])
    return found


def test_a_slip_says_everything_in_the_language_of_its_person():
    (page,) = text_of(print_slips([ANNA, PAVEL], "3Б"))
    for part in (
        "Чат класса 3Б, 2026/27", "Анна Беляева", "Дети: Семён Беляев, Таисия Беляева", "school.example/j/k7hm4xqr",
        "Действует до 6 декабря 2026", "Ольга Петровна, каб. 14", "придумайте свой пароль",
        "Pavel Belyaev", "Pupils: Семён Беляев, Таисия Беляева", "Good until 6 December 2026", "choose a password of your own",
    ):  # fmt: skip
        assert part in page
    assert "капель лимон сосна праздник ветер" in page
    assert "acorn lemon maple winter robin" in page
    assert "https://" not in page


def test_staff_ask_whoever_gave_them_the_slip_and_not_themselves():
    (page,) = text_of(print_slips([replace(ANNA, pupils=()), replace(PAVEL, pupils=(), ask="")], "3Б"))
    assert "спросите того, кто выдал этот листок" in page
    assert "ask whoever gave you this slip" in page
    assert "Ольга Петровна" not in page


def test_the_code_leads_to_the_address_in_print():
    assert codes_of(print_slips([ANNA, PAVEL], "3Б")) == [[ANNA.url, PAVEL.url]]


def test_slips_keep_their_order_three_to_a_page():
    slips = [replace(ANNA, name=f"Анна {number:03}", url=f"https://school.example/j/aaaa{number:04}") for number in range(7)]
    pdf = print_slips(slips, "3Б")
    assert len(pypdfium2.PdfDocument(pdf)) == 3
    assert [len(codes) for codes in codes_of(pdf)] == [PER_PAGE, PER_PAGE, 1]
    assert [code for codes in codes_of(pdf) for code in codes] == [slip.url for slip in slips]


def test_it_is_printed_in_black_and_white():
    page = pypdfium2.PdfDocument(print_slips([ANNA, PAVEL], "3Б"))[0].render(scale=1).to_pil().convert("RGB")
    assert [colour for _, colour in page.getcolors(1 << 20) if max(colour) - min(colour) > 3] == []


@pytest.mark.parametrize(
    "name",
    [
        "Константин-Александр Вячеславович Рождественский-Преображенский фон дер Остен-Сакен",
        "Я" * 500,
        "محمد بن عبد الله",
        "\u202eанна\u202d \u200f\u05e9\u05dc\u05d5\u05dd",
        "Z\u0338\u0321\u0323\u0324" * 30,
        "👨‍👩‍👧‍👦 Анна 🎈",
        "#set page(height: 1cm) *a* $x$ \\ #panic()",
        "Анна\n\n\nБеляева\t\0",
        "",
        "   ",
        "\u200b" * 50,
    ],
)
def test_no_name_breaks_a_slip_or_runs_out_of_it(name: str):
    odd = replace(ANNA, name=name, pupils=(name,) * 6, klass=name or "3Б", ask=name)
    pdf = print_slips([PAVEL, odd, PAVEL], "3Б")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    assert codes_of(pdf) == [[PAVEL.url, ANNA.url, PAVEL.url]]
    (page,) = text_of(pdf)
    assert "капель лимон сосна праздник ветер" in page
    assert page.count("acorn lemon maple winter robin") == 2
    assert _ink_of_middle_slip_stays_inside(pdf)


def _ink_of_middle_slip_stays_inside(pdf: bytes) -> bool:
    """The margins of the slip in the middle, and what its place has beyond its cut lines, are white."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2, grayscale=True).to_pil()
    width, height = page.size
    left = page.crop((0, height // 3 + 4, int(width * 15 / 210), 2 * height // 3 - 4))
    right = page.crop((int(width * 195 / 210), height // 3 + 4, width, 2 * height // 3 - 4))
    return left.getextrema()[0] > 250 and right.getextrema()[0] > 250


def test_a_long_address_and_the_longest_words_fit():
    long = replace(
        ANNA,
        url="https://klassnyj-chat.gymnasium-no-1234.nizhny-novgorod.example.org/j/k7hm4xqr",
        words=("фотография", "экскурсия", "авиатор", "библиотека", "математик"),
    )
    pdf = print_slips([long], "3Б")
    assert codes_of(pdf) == [[long.url]]
    letters = re.sub(r"[^\w./]", "", text_of(pdf)[0])  # a hyphen at a line's end is read as one that is not printed
    assert "klassnyjchat.gymnasiumno1234.nizhnynovgorod.example.org/j/k7hm4xqr" in letters


@pytest.mark.parametrize(
    ("name", "today", "said"),
    [
        ("3Б", date(2026, 8, 28), "3Б, 2026/27"),
        ("3Б", date(2027, 5, 1), "3Б, 2026/27"),
        ("3Б, 2026/27", date(2026, 9, 1), "3Б, 2026/27"),
        ("Class of 2030", date(2026, 9, 1), "Class of 2030"),
        ("3Б", date(2099, 9, 1), "3Б, 2099/00"),
    ],
)
def test_the_class_is_named_with_its_school_year(name: str, today: date, said: str):
    assert class_and_year(name, today) == said


def test_what_cannot_be_seen_is_not_printed():
    assert shown("А\u202eн\u200bн\u0000а\n Б") == "Анна Б"


def test_slips_say_the_same_in_both_languages():
    assert differences("classroom_matrix.roster") == []


def test_no_secret_is_in_the_files_properties():
    document = pypdfium2.PdfDocument(io.BytesIO(print_slips([ANNA], "Пропуска")))
    assert document.get_metadata_dict()["Title"] == "Пропуска"
    assert "капель" not in str(document.get_metadata_dict())
