"""`dygjuhe sbom`: what is installed with the program, as a CycloneDX 1.6 bill of materials."""

from __future__ import annotations

import json
import uuid
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any

import click

# The specification: CycloneDX 1.6 (ECMA-424), JSON.
SPECIFICATION = "1.6"


@click.command("sbom")
def command() -> None:
    """Write a bill of materials (CycloneDX 1.6, JSON) of dygjuhe and all it needs, as installed here.

    \b
    Example:
      dygjuhe sbom > dygjuhe.cdx.json
    """
    click.echo(json.dumps(bill_of_materials(), ensure_ascii=False, indent=1))


def bill_of_materials() -> dict[str, Any]:
    """The document; the same installation gives the same document (no clock, serial number from the content)."""
    parts = {d.metadata["Name"]: d for d in _needed("dygjuhe", {})}
    root = parts.pop("dygjuhe")
    components = [_component(parts[name]) for name in sorted(parts, key=str.lower)]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(components, sort_keys=True))
    return {
        "bomFormat": "CycloneDX", "specVersion": SPECIFICATION, "serialNumber": f"urn:uuid:{serial}", "version": 1,
        "metadata": {"component": {**_component(root), "type": "application"}}, "components": components,
    }  # fmt: skip


def _needed(name: str, met: dict[str, Distribution]) -> list[Distribution]:
    """The distribution and everything that it requires here, each once; extras that are not asked for left out."""
    from packaging.requirements import Requirement

    waiting = [name]
    while waiting:
        wanted = waiting.pop()
        key = wanted.lower().replace("_", "-")
        if key in met:
            continue
        try:
            met[key] = distribution(wanted)
        except PackageNotFoundError:
            continue
        for line in met[key].requires or ():
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    return list(met.values())


def _component(part: Distribution) -> dict[str, Any]:
    name, version = part.metadata["Name"], part.version
    purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    found = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    licence = licence_of(part)
    return {**found, "licenses": [{"license": {"name": licence}}]} if licence else found


def licence_of(part: Distribution) -> str:
    """The licence as the distribution states it, on one line; empty where it states none."""
    stated = part.metadata.get_all("License-Expression")
    if stated:
        return str(stated[0])
    classified = [c.split(" :: ")[-1] for c in part.metadata.get_all("Classifier") or () if c.startswith("License ::")]
    if classified:
        return " / ".join(classified)
    return str((part.metadata.get_all("License") or [""])[0]).strip().split("\n")[0][:80]
