"""Words that make a name the name of an institution or an office, in both languages, in every case form.

A head is the word that says what it is: `Ministria`, `Drejtorisë`, `Ministry`, `Prosecution Office`. A strong head
names an institution by itself once something follows; a weak one (`service`, `union`) needs more around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.languages import fold
from pipeline.model import Lang

Role = Literal["institution", "office"]


@dataclass(frozen=True, slots=True)
class Head:
    kind: str
    lang: Lang
    role: Role = "institution"
    strong: bool = True


_EN_STRONG = {
    "ministry": "ministry ministries",
    "agency": "agency agencies",
    "authority": "authority",
    "directorate": "directorate directorates",
    "department": "department departments",
    "office": "office offices",
    "bureau": "bureau",
    "institute": "institute institution",
    "centre": "centre center centres centers",
    "council": "council councils",
    "committee": "committee committees",
    "commission": "commission",
    "inspectorate": "inspectorate",
    "court": "court courts",
    "prosecution": "prosecution prosecutor's prosecutors'",
    "school": "school academy faculty university college",
    "municipality": "municipality municipalities commune prefecture",
    "ngo": "association federation foundation coalition league organization organisation alliance",
    "chamber": "chamber",
    "police": "police commissariat constabulary",
    "unit": "unit units sector division section",
    "inspection": "ombudsman",
    "parliament": "parliament assembly",
    "embassy": "embassy secretariat delegation",
}
_EN_WEAK = {
    "agency": "service services fund board registry archive library museum administration treasury",
    "ngo": "union network society forum trust mission programme",
    "hospital": "hospital bank",
}
_EN_OFFICE = {
    "minister": "minister ministers",
    "commissioner": "commissioner ombudsperson coordinator rapporteur",
    "prosecutor": "prosecutor",
    "director": "director directors",
    "mayor": "mayor",
    "secretary": "secretary",
}

# Stem, and which endings it takes: f1 -ia, f2 -a, f3 -ja, m1 -i, m2 -u.
_SQ_ENDINGS = {
    "f1": "ia ise ine i ite ive in",
    "f2": "a es en e ave at",
    "f3": "ja jes jen se ne",
    "m1": "i it in e et eve",
    "m2": "u ut un",
}
_SQ_STRONG = {
    "ministry": "ministr:f1", "agency": "agjenc:f1 agjens:f1 agjenci:f3", "directorate": "drejtor:f1",
    "prosecution": "prokuror:f1", "court": "gjykat:f2", "institute": "institut:m1", "centre": "qendr:f2",
    "authority": "autoritet:m1 ent:m1", "inspectorate": "inspektorat:m1", "office": "zyr:f2 byro:f3",
    "council": "keshill:m1", "police": "polic:f1 komisariat:m1",
    "school": "shkoll:f2 akadem:f1 universitet:m1 fakultet:m1",
    "municipality": "bashk:f1 komun:f2 prefektur:f2",
    "ngo": "fondacion:m1 shoqat:f2 federat:f2 organizat:f2 aleanc:f2 koalicion:m1",
    "committee": "komitet:m1 komision:m1", "department": "departament:m1", "unit": "sektor:m1 njes:f1 seksion:m1",
    "parliament": "kuvend:m1", "chamber": "dhom:f2", "embassy": "ambasad:f2 sekretariat:m1 delegacion:m1",
}  # fmt: skip
_SQ_WEAK = {
    "agency": "sherbim:m1 fond:m1 bord:m1 arkiv:m1 bibliotek:f2 muze:m2 drejtues:m1 administrat:f2 thesar:m1",
    "ngo": "union:m1 rrjet:m1 mision:m1 lidhj:f2 kryq:m1 forum:m1",
    "hospital": "spital:m1 bank:f2",
}  # fmt: skip
_SQ_OFFICE = {
    "minister": "ministr:m1 ministre:m1 zevendesministr:m1", "commissioner": "komisioner:m1 koordinator:m1",
    "prosecutor": "prokuror:m1", "director": "drejtor:m1", "mayor": "kryebashkiak:m1", "advocate": "avokat:m1",
}  # fmt: skip


def _heads() -> dict[str, Head]:
    heads: dict[str, Head] = {}
    english: tuple[tuple[dict[str, str], Role, bool], ...] = (
        (_EN_STRONG, "institution", True), (_EN_WEAK, "institution", False), (_EN_OFFICE, "office", True),
    )  # fmt: skip
    for table, role, strong in english:
        for kind, words in table.items():
            for word in words.split():
                heads[word] = Head(kind, "en", role, strong)
    albanian: tuple[tuple[dict[str, str], Role, bool], ...] = (
        (_SQ_OFFICE, "office", True), (_SQ_STRONG, "institution", True), (_SQ_WEAK, "institution", False),
    )  # fmt: skip
    for table, role, strong in albanian:
        for kind, words in table.items():
            for word in words.split():
                stem, ending = word.split(":")
                for tail in _SQ_ENDINGS[ending].split():
                    # `ministri`, `prokurori`, `drejtori` are the office holder and the indefinite institution.
                    heads.setdefault(stem + tail, Head(kind, "sq", role, strong))
    return heads


HEADS: dict[str, Head] = _heads()
"""By the folded word."""

# Words that join the parts of a name; a name neither begins nor ends with one.
LINKS_EN = frozenset("of for on and the against in to at with &".split())
LINKS_SQ = frozenset(fold(w) for w in "i e të së për dhe nga kundër mbi ndaj me në pranë te & prej".split())
# Albanian adjectives that stand in small letters inside a name: `Drejtoria rajonale e Mjedisit`.
SMALL_SQ = frozenset(
    fold(w) for w in """rajonale rajonal vendore vendor kombëtare kombëtar qendrore qendror arsimore arsimor gjyqësore
    gjyqësor shtetërore shtetëror administrative administrativ bashkiake bashkiak policore përgjithshme përgjithshëm
    lartë posaçme publike publik rrethit rrethi""".split()
)  # fmt: skip

# Words before a head that begin a sentence or a title, not a name.
NOT_FIRST = frozenset(
    """the a an this that these those in on at by for from with of and or when while as if since under according both
    each every all any no our its his her their such other another some many new current former responsible competent
    mr mrs ms dr prof article articles law order decision action table annex chapter also further however moreover
    additionally therefore upon after before during between within through via against to regarding concerning figure
    only same following respective relevant main annual first second third every most several via per two three four
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday""".split()
)
# Names that look like an institution's and are a kind of thing.
GENERIC = frozenset(
    """civil society|private sector|public sector|health sector|civil service|public service|public services|primary
    school|secondary school|high school|elementary school|information society|law enforcement authority|local
    authority|competent authority|social network|administrative unit|public administration|social services|health
    service|health services|social service|head office|police unit|first section|information office|internet service
    |service centre|service center|vocational school|nine-year school|local government unit|post office|financial unit|
    training centre|family unit|police office|state administration|state institution|state commission|public
    institution|european institution|working group|security service|emergency service|emergency services|private
    school|public school|legal office|press office|banking sector|energy sector|justice sector|education sector|
    water sector|tourism sector|transport sector|agriculture sector|third sector|court of law|steering
    committee|public university|public hospital|support services|support service|customer service|trust fund|state fund
    """.replace("\n    ", " ").replace("| ", "|").replace(" |", "|").split("|")
)  # fmt: skip
