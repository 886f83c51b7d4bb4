"""Articles that tests read."""

from __future__ import annotations

import pytest

import rawi

TEXT = (
    "قالت وزيرة النقل العمانية ليلى الشكيراوي للصحفيين، في مؤتمر صحفي الأحد، إن خط العبّارات "
    "الجديد سينطلق في أيار/مايو. وأضافت: «لن نرفع أسعار التذاكر هذا العام».\n\n"
    "ونقلت وكالة الضفاف عن مصدر في الشركة المشغلة قوله إن الوزيرة أكدت للعاملين أن أجورهم "
    "ستزيد. وزار وزير الخارجية المصري سامر البيطار مسقط واتفق مع نظيره العماني على التعاون."
)
TITLE = "ليلى الشكيراوي: لن نرفع أسعار التذاكر"


@pytest.fixture
def fields() -> dict[str, str]:
    """The fields of an article."""
    return {
        "id": "n-1",
        "text": TEXT,
        "title": TITLE,
        "published": "2026-03-02",
        "outlet": "صحيفة النهر",
    }


@pytest.fixture
def article(fields: dict[str, str]) -> rawi.Article:
    """An article."""
    return rawi.Article(**fields)


@pytest.fixture
def reading(article: rawi.Article) -> rawi.Reading:
    """Its reading, with explanations."""
    return rawi.Reader(explain=True).read(article)
