"""The glossary as a TBX-Basic termbase (ISO 30042), and back without loss.

Reads: .tbx, Row. Writes: Row, .tbx. Forms become terms with their status and type. What TBX-Basic has no category for
(dates, numbers, successors) stands in notes, `column: value`, which every tool keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import GlossaryError
from pipeline.glossary_exchange.csv_files import order
from pipeline.terminology.tables import COLUMNS, Row, rows_of

if TYPE_CHECKING:
    from lxml import etree

_XML = "{http://www.w3.org/XML/1998/namespace}"

# Column, language, status and type: how each column's forms are said in TBX.
_FORMS: tuple[tuple[str, str, str, str], ...] = (
    ("name_sq", "sq", "preferredTerm-admn-sts", "fullForm"),
    ("name_en", "en", "preferredTerm-admn-sts", "fullForm"),
    ("term_sq", "sq", "preferredTerm-admn-sts", "fullForm"),
    ("term_en", "en", "preferredTerm-admn-sts", "fullForm"),
    ("title_sq", "sq", "preferredTerm-admn-sts", "phrase"),
    ("title_en", "en", "preferredTerm-admn-sts", "phrase"),
    ("label_sq", "sq", "preferredTerm-admn-sts", "phrase"),
    ("label_en", "en", "preferredTerm-admn-sts", "phrase"),
    ("abbreviations_sq", "sq", "admittedTerm-admn-sts", "abbreviation"),
    ("abbreviations_en", "en", "admittedTerm-admn-sts", "abbreviation"),
    ("inflected_sq", "sq", "admittedTerm-admn-sts", "variant"),
    ("variants_sq", "sq", "admittedTerm-admn-sts", "variant"),
    ("variants_en", "en", "admittedTerm-admn-sts", "variant"),
    ("admitted_sq", "sq", "admittedTerm-admn-sts", "variant"),
    ("admitted_en", "en", "admittedTerm-admn-sts", "variant"),
    ("holders_sq", "sq", "admittedTerm-admn-sts", "phrase"),
    ("holders_en", "en", "admittedTerm-admn-sts", "phrase"),
    ("wrong_sq", "sq", "deprecatedTerm-admn-sts", "variant"),
    ("wrong_en", "en", "deprecatedTerm-admn-sts", "variant"),
    ("deprecated_sq", "sq", "deprecatedTerm-admn-sts", "variant"),
    ("deprecated_en", "en", "deprecatedTerm-admn-sts", "variant"),
    ("right", "", "preferredTerm-admn-sts", "fullForm"),
    ("wrong", "", "deprecatedTerm-admn-sts", "variant"),
)  # fmt: skip
_SINGLE = frozenset("name_sq name_en term_sq term_en title_sq title_en label_sq label_en right wrong".split())
_SUBJECT = {"institutions": "kind", "instruments": "kind", "terms": "domain", "contacts": "kind"}
_PARTS_OF_SPEECH = {"noun", "verb", "adjective", "adverb", "properNoun", "other"}


def write_tbx(tables: dict[str, list[Row]], path: Path) -> None:
    """Writes every row as a concept entry. Raises GlossaryError where the file cannot be written."""
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", f"{_XML}lang": "en"})
    head = etree.SubElement(root, "martifHeader")
    source = etree.SubElement(etree.SubElement(head, "fileDesc"), "sourceDesc")
    etree.SubElement(
        source, "p"
    ).text = "Controlled glossary of institutions, legal acts and terms, Albanian and English"
    encoding = etree.SubElement(head, "encodingDesc")
    etree.SubElement(encoding, "p", {"type": "XCSURI"}).text = "TBXBasicXCSV02.xcs"
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for table in COLUMNS:
        for number, row in enumerate(sorted(tables.get(table, ()), key=order), start=1):
            body.append(_entry(row, table, number))
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    try:
        path.write_bytes(text)
    except OSError as error:
        raise GlossaryError(str(path), f"cannot be written ({error.strerror})", "Choose another place.") from error


def _entry(row: Row, table: str, number: int) -> etree._Element:
    from lxml import etree

    identity = row.cells.get("id") or f"{table}-{number}"
    entry = etree.Element("termEntry", {"id": f"{table}.{identity}"})
    forms = {column for column, *_ in _FORMS} & set(COLUMNS[table])
    subject = _SUBJECT.get(table, "")
    if subject and row[subject]:
        etree.SubElement(entry, "descrip", {"type": "subjectField"}).text = row[subject]
    etree.SubElement(entry, "admin", {"type": "projectSubset"}).text = table
    if row["source"]:
        etree.SubElement(entry, "admin", {"type": "source"}).text = row["source"]
    for column in COLUMNS[table]:
        if column not in forms and column not in ("id", "source", subject) and row[column]:
            etree.SubElement(entry, "note").text = f"{column}: {row[column]}"
    for lang in ("sq", "en"):
        tigs = list(_tigs(row, table, lang))
        if tigs:
            etree.SubElement(entry, "langSet", {f"{_XML}lang": lang}).extend(tigs)
    return entry


def _tigs(row: Row, table: str, lang: str) -> Iterator[etree._Element]:
    from lxml import etree

    own = row.cells.get("lang") or "sq"
    for column, column_lang, status, kind in _FORMS:
        if column not in COLUMNS[table] or (column_lang or own) != lang or column == "variants" or not row[column]:
            continue
        for form in (row[column],) if column in _SINGLE else row.list(column):
            tig = etree.Element("tig")
            etree.SubElement(tig, "term").text = form
            etree.SubElement(tig, "termNote", {"type": "termType"}).text = kind
            etree.SubElement(tig, "termNote", {"type": "administrativeStatus"}).text = status
            etree.SubElement(tig, "note").text = f"column: {column}"
            yield tig


# --- reading --------------------------------------------------------------------------------------------------------


def read_tbx(path: Path) -> dict[str, list[Row]]:
    """The rows of a termbase: ours without loss, another program's as terms.

    Raises GlossaryError for a file that is no TBX, or has a document type declaration: it could read other files.
    """
    root = _root(path)
    lines: dict[str, list[dict[str, str]]] = {table: [] for table in COLUMNS}
    for number, entry in enumerate(_all(root, "termEntry", "conceptEntry"), start=1):
        table, cells = _cells(entry, number)
        lines[table].append(cells)
    tables: dict[str, list[Row]] = {}
    for table, records in lines.items():
        head = list(COLUMNS[table])
        body = [[cells.get(c, "") for c in head] for cells in records]
        rows, problems = rows_of(head, body, f"{path}, {table}", table)
        if problems:
            raise problems[0].error()
        tables[table] = rows
    if not any(tables.values()):
        raise GlossaryError(str(path), "holds no entries", "Export it as TBX (ISO 30042) with its terms.")
    return tables


def _root(path: Path) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree: Any = etree.parse(str(path), parser)
    except OSError as error:
        raise GlossaryError(str(path), "cannot be read", "Name an existing .tbx file.") from error
    except etree.XMLSyntaxError as error:
        raise GlossaryError(f"{path}, line {error.lineno}", f"is no well-formed XML ({error.msg})",
                            "Export it again.") from error  # fmt: skip
    if tree.docinfo.doctype:
        raise GlossaryError(
            str(path), "has a document type declaration (DOCTYPE), which could read other files",
            "Remove the line that begins with <!DOCTYPE.",
        )  # fmt: skip
    root = tree.getroot()
    if _name(root) not in ("martif", "tbx"):
        raise GlossaryError(str(path), f"is no TBX but <{_name(root)}>", "Export it as TBX (ISO 30042).")
    return root


def _name(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]


def _all(element: Any, *names: str) -> Iterator[Any]:
    return (e for e in element.iter() if isinstance(e.tag, str) and _name(e) in names)


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _cells(entry: Any, number: int) -> tuple[str, dict[str, str]]:
    cells: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    table, subject, foreign_note = "", "", []
    for child in entry:
        if not isinstance(child.tag, str):
            continue
        name, kind, text = _name(child), child.get("type", ""), _text(child)
        if name == "admin" and kind == "projectSubset" and text in COLUMNS:
            table = text
        elif name == "admin" and kind == "source":
            cells["source"] = text
        elif name == "descrip" and kind == "subjectField":
            subject = text
        elif name == "note":
            column, colon, value = text.partition(": ")
            if colon and any(column in columns for columns in COLUMNS.values()):
                cells[column] = value
            else:
                foreign_note.append(text)
    own = bool(table)
    table = table or "terms"
    if subject and table in _SUBJECT:
        cells[_SUBJECT[table]] = subject
    if foreign_note:
        cells["note"] = "; ".join([*([cells["note"]] if "note" in cells else []), *foreign_note])
    identity = entry.get("id") or entry.get(f"{_XML}id") or f"t-{number}"
    if table != "lookups":
        cells["id"] = identity.removeprefix(f"{table}.") if own else _as_id(identity)
    for section in _all(entry, "langSet", "langSec"):
        lang = (section.get(f"{_XML}lang") or "").lower()[:2]
        if lang in ("sq", "en"):
            for term in _all(section, "tig", "ntig", "termSec"):
                _add_term(term, lang, table, lists)
    for column, forms in lists.items():
        cells[column] = forms[0] if column in _SINGLE else "|".join(forms)
    return table, cells


def _as_id(identity: str) -> str:
    clean = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in identity)
    return clean if clean[:1].isalnum() else f"t{clean}"


def _add_term(section: Any, lang: str, table: str, lists: dict[str, list[str]]) -> None:
    term = next((_text(e) for e in _all(section, "term")), "").replace("|", "/")
    if not term:
        return
    column = next(
        (_text(e).removeprefix("column: ") for e in _all(section, "note") if _text(e).startswith("column: ")), ""
    )
    if column not in COLUMNS[table]:
        status = next((_text(e) for e in _all(section, "termNote") if e.get("type") == "administrativeStatus"), "")
        if "deprecated" in status or "superseded" in status:
            column = f"deprecated_{lang}"
        elif f"term_{lang}" in lists or "admitted" in status:
            column = f"admitted_{lang}" if f"term_{lang}" in lists else f"term_{lang}"
        else:
            column = f"term_{lang}"
    if column in COLUMNS[table]:
        lists.setdefault(column, []).append(term)
