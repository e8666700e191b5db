"""Beginnings of words that mean the same in Albanian and English: weak witnesses that two passages are one.

Reads: str. Writes: keys that both languages share.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.languages import fold

# Folded beginnings, Albanian before the colon, English after it; one meaning a line part. Common words of reports.
_PAIRS = """
femij:child; prind:parent; grua,gra:woman,women; burr:man,men; vajz:girl; djal,djem:boy; familj:famil; i
mitur,mitur:minor,juvenil; shkoll:school; mesues:teacher; nxenes:pupil,student; student:student; arsim:educat;
shendet:health; spital:hospital; mjek:doctor,physic; semund:disease,illness; pacient:patient; ligj:law,legisl;
nen:article; vendim:decision; urdhr,urdher:order; udhezim:instruction,guideline; rregull:rule,regulat; kod:code;
kushtetut:constitution; gjykat:court; gjyq:judge,trial; prokuror:prosecut; polic:police; krim:crim;
veper,vepra:offence,offense; denim,denoj,denua:punish,sentence,convict; burg:prison; viktim:victim; dhun:violen;
abuz:abus; shfryt:exploit; trafik:traffick; mbrojt:protect,defen; siguri:secur,safe; rrezik:risk,danger;
parandal:prevent; heti,hetu:investigat; te drejt,drejta,drejtat,drejtave:right; njeri:human; barazi:equal;
diskrimin:discriminat; ministr:minist; qeveri:govern; shtet:state; bashki:municipal; qark:county,region;
komun:commune; kuvend,parlament:assembl,parliament; president:president; kryeminist:prime; agjenci:agenc;
institu:institu; komision:commission; komisioner:commissioner; drejtori:directorate; drejtor:director; zyr:office;
sektor:sector; njesi:unit; departament:department; inspekt:inspect; autoritet:authorit; organiz:organi;
shoqat:association; shoqeri:compan,society; kompani:compan; bank:bank; buxhet:budget; financ:financ; para:money;
lek:lek,all; pagese,pagu:pay,paid; page,paga:salar,wage; tatim:tax; kosto:cost; shpenz:expen,spend,spent; te
ardhur,ardhurat:income,revenue; cmim:price; kontrat:contract; prokurim:procurement; tender:tender; projekt:project;
program:program; plan:plan; strategj:strateg; politik:polic; objektiv:objective; mas:measure; veprim:action;
aktivitet:activit; zbat:implement,appl; monitor:monitor; raport:report; vleres:assess,evaluat; rezultat:result;
statist:statist; te dhena,dhenat,dhenave:data; informa:inform; komunik:communic; internet:internet;
kompjuter:computer; sistem:system; rrjet:network; telefon:phone,telephone; linj:line; numr,numer:number;
adres:address; shqiper,shqipt:albania; kosov:kosov; evrop:europ; bashkim,bashkimi:union; kombet:nations;
ndërkombetar,nderkombetar:international; kombetar:national; vend:countr,place; qytet:cit; fshat:village,rural;
rajon:region; popull:popula; banor:inhabitant,resident; qytetar:citizen; publik:public; privat:private; vit:year;
muaj:month; dit:day; jav:week; ore,ora,oresh:hour; tremuj:quarter; janar:januar; shkurt:februar; mars:march;
prill:april; maj:may; qershor:june; korrik:july; gusht:august; shtator:september; tetor:october; nentor:november;
dhjetor:december; dat:date; kohe,koha:time; afat:deadline,term; gjat:during; para:before; pas:after; deri:until;
sot:today; par:first; dyt:second; tret:third; fundit:last; ri,re:new; vjet:old,annual; madh:large,big,great;
vogel,vogl:small; mire:good,well; shume:many,much,very; pak:few,little; gjith:all; disa:some,several;
tjeter,tjera:other; asnje:no,none; vetem:only; duhet:must,should; mund:can,may; nuk:not;
punes,punet,pune,punon:work,labour,employ; punonj:employee,staff,worker; punedhen:employer; trajn:train;
sherbim:servic; ndihm:help,assist,aid; mbeshtet:support; bashkepun:cooperat; marreve:agreement,memorandum;
mirekupt:understand; nenshkr:sign; miratu,miratim:approv,adopt; krij:creat,establish,set; ngri:set,establish;
forc:strength; permir:improv; rrit:increas,rais; ul:reduc,decreas,lower; perfund:conclu,complet,finish;
fill:start,begin,began; kerk:request,requir,search; ank:complain,appeal; paraqit:present,submit; regjistr:regist;
njoft:notif,notice,announce; botu:publish; shpall:declar,proclaim; person:person; individ:individual; grup:group;
perfaq:representativ; specialist:specialist; ekspert:expert; kryet:head,chair; anetar:member; zyrtar:official;
rast:case; numri:number; shifr:figure; perqind:percent; total:total; mesatar:average; gjysm:half; mij:thousand;
milion:million; miliard:billion; qind:hundred; uj:water; energj:energ; rrug:road,street; ndert:build,construct;
mjedis:environment; toke,tok:land; pron:propert; shtepi,banes:house,home,dwell; makin,automj:car,vehicle;
perm:content,contain; faq:page,website; gjuh:language; shqip:albanian; anglisht:english; perkth:translat;
tekst:text; dokument:document; akt:act; form:form; ceshtj:issue,case,matter; pyet:question,ask;
pergj:answer,respons; qellim:purpose,aim,goal; arsye:reason; shkak:cause; pasoj:consequence; problem:problem;
zgjidh:solution,solv; hyrj:introduction; perfundim:conclusion; rekomand:recommend; shtojc,aneks:annex,appendix;
tabel:table; permbledh:summary; sfond,kontekst:background,context; burim:source
"""

_WORD = re.compile(r"[^\W\d_]{2,40}")
# Letters that a borrowed word must share at its start, in a spelling that both languages reach.
_COGNATE = 5
_SPELLING = str.maketrans({"c": "k", "q": "k", "y": "i", "w": "v", "x": "k", "j": "i"})


@cache
def _beginnings() -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[tuple[str, str]]]]:
    """For each language the beginnings by their first two letters, with the meaning's name."""
    sq: dict[str, list[tuple[str, str]]] = {}
    en: dict[str, list[tuple[str, str]]] = {}
    for line in _PAIRS.replace("\n", " ").split(";"):
        left, _, right = line.strip().partition(":")
        for table, forms in ((sq, left), (en, right)):
            for form in forms.split(","):
                start = fold(form.strip()).split()[-1]
                table.setdefault(start[:2], []).append((start, right.strip()))
    return sq, en


@lru_cache(maxsize=50_000)
def meanings(word: str, albanian: bool) -> frozenset[str]:
    """The meanings that a folded word may have, as keys that both languages share.

    >>> meanings("femijeve", True) & meanings("children", False)
    frozenset({'child'})
    """
    found: set[str] = set()
    table = _beginnings()[0 if albanian else 1]
    for start, meaning in table.get(word[:2], ()):
        if word.startswith(start) and (len(start) > 3 or len(word) <= len(start) + 3):
            found.add(meaning)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def cognate(word: str) -> str | None:
    """The first letters of a longer word in a common spelling: `komisioni` and `commission`; None for a short one.

    >>> cognate("komisioni") == cognate("commission"), cognate("projektit") == cognate("project")
    (True, True)
    """
    if len(word) < _COGNATE + 1:
        return None
    common = word.replace("ph", "f").replace("th", "t").translate(_SPELLING)
    single = re.sub(r"(.)\1", r"\1", common)
    return single[:_COGNATE] if len(single) >= _COGNATE else None


def soft_keys(text: str, albanian: bool) -> frozenset[str]:
    """Meanings and cognates of the words of a text."""
    found: set[str] = set()
    for word in _WORD.findall(fold(text)):
        found.update("w " + m for m in meanings(word, albanian))
        start = cognate(word)
        if start is not None:
            found.add("k " + start)
    return frozenset(found)
