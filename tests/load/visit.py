"""One visitor: opens a page, lets Dash draw it, filters, compares, ranks, reads a portrait, exports."""

import asyncio
import json
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from components.portraits import PORTRAIT_MODULES
from components.view import PAGES, STATIC_PAGES

LANGUAGES = ("de", "en")
INTERACTIVE = [page for page in PAGES if page not in STATIC_PAGES]


@dataclass(frozen=True)
class Material:
    """What visitors choose from, read from the server itself."""

    callbacks: list[dict[str, Any]]
    assets: list[str]
    countries: list[str]
    indicators: list[str]
    clusters: list[str]
    exports: list[str]


async def load_material(client: httpx.AsyncClient) -> Material:
    """Ask the server for its callbacks, scripts and units."""
    callbacks = (await client.get("/_dash-dependencies")).json()
    page = (await client.get("/en/explore")).text
    routes = (await client.get("/api/v1/openapi.json")).json()["paths"]
    links = set(re.findall(r'href="/en/cluster/([\w-]+)', page))
    for country in ("DEU", "USA", "JPN"):
        listed = (await client.get(f"/en/explore?country={country}")).text
        links |= set(re.findall(r'href="/en/cluster/([\w-]+)', listed))
    return Material(
        [item for item in callbacks if not item["clientside_function"]],
        re.findall(r'(?:src|href)="(/(?:bundle|vendor|_dash-component)[^"]+)"', page),
        ["DEU", "FRA", "USA", "JPN", "CAN", "IND", "GBR", "TUR"],
        ["employment", "lq_home", "focus", "gdp_per_head_ppp", "unemployment_rate"],
        sorted(links) or ["st-tokyo-yokohama"],
        [route for route in routes if "export" in route],
    )


@dataclass
class Visit:
    """A journey with its times and errors."""

    client: httpx.AsyncClient
    material: Material
    chance: random.Random
    pause: float = 1.0
    seconds: list[tuple[str, float]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def go(self) -> None:
        """The whole journey."""
        lang = self.chance.choice(LANGUAGES)
        await self._open(f"/{lang}/explore", "")
        if self.chance.random() < 0.3:
            for asset in self.material.assets:
                await self._get("asset", asset)
        for _ in range(self.chance.randint(2, 4)):
            page = self.chance.choice(INTERACTIVE)
            await self._wait()
            await self._react(f"/{lang}/{page}", self._query(page))
        await self._wait()
        if PORTRAIT_MODULES and self.chance.random() < 0.5:
            await self._get("portrait", f"/{lang}/cluster/{self.chance.choice(self.material.clusters)}")
        if self.chance.random() < 0.2:
            await self._get("page", f"/{lang}/sources")
        if self.material.exports and self.chance.random() < 0.1:
            await self._export()

    def _query(self, page: str) -> str:
        pick = self.chance.choice
        parts = [
            f"country={'~'.join(self.chance.sample(self.material.countries, self.chance.randint(1, 3)))}"
        ]
        if page == "explore":
            parts.append(f"colour={pick(self.material.indicators)}")
        if page == "compare":
            known = self.material.clusters
            parts = ["ids=" + "~".join(self.chance.sample(known, min(4, len(known))))]
        if page == "rank":
            parts.append(f"sort={pick(self.material.indicators)}&page={self.chance.randint(1, 5)}")
        return "?" + "&".join(parts) if self.chance.random() < 0.85 else ""

    async def _open(self, path: str, query: str) -> None:
        await self._get("page", path + query)
        headers = {"referer": f"{str(self.client.base_url).rstrip('/')}{path}{query}"}
        await self._get("layout", "/_dash-layout", headers)
        await self._get("layout", "/_dash-dependencies")

    async def _react(self, path: str, query: str) -> None:
        """What the browser asks when the address changes: every callback of the page that listens to it."""
        page = path.rpartition("/")[2]
        rows = {"startRow": 0, "endRow": 100, "sortModel": [], "filterModel": {}}
        values = {"pathname": path, "search": query, "data": query, "getRowsRequest": rows}
        for item in self.material.callbacks:
            listens = all(
                part["property"] in {"pathname", "search", "getRowsRequest"} for part in item["inputs"]
            )
            here = f"{page}-" in item["output"] or item["output"] == "frame.children"
            if listens and here and '["ALL' not in item["output"]:
                await self._post(json.dumps(_body(item, values)))
        if self.chance.random() < 0.2:
            await self._get("page", path + query)

    async def _export(self) -> None:
        path = self.chance.choice(self.material.exports)
        path = path.replace("{unit}", "clusters").replace("{kind}", self.chance.choice(["csv", "geojson"]))
        if "{" not in path:
            await self._get("export", f"{path}?country={self.chance.choice(self.material.countries)}")

    async def _wait(self) -> None:
        await asyncio.sleep(self.chance.uniform(0.5, 1.5) * self.pause)

    async def _get(self, kind: str, path: str, headers: dict[str, str] | None = None) -> None:
        await self._ask(kind, path, self.client.get(path, headers=headers))

    async def _post(self, content: str) -> None:
        headers = {"content-type": "application/json"}
        await self._ask(
            "callback",
            "callback",
            self.client.post("/_dash-update-component", content=content, headers=headers),
        )

    async def _ask(self, kind: str, name: str, request: Any) -> None:
        began = time.perf_counter()
        try:
            answer = await request
        except httpx.HTTPError as error:
            self.errors.append(f"{kind} {type(error).__name__}")
            return
        self.seconds.append((kind, time.perf_counter() - began))
        if answer.status_code not in {200, 204}:
            self.errors.append(f"{name.partition('?')[0]} {answer.status_code}")


def _body(item: dict[str, Any], values: dict[str, str]) -> dict[str, Any]:
    def entry(part: dict[str, Any], valued: bool) -> Any:
        name = json.loads(part["id"]) if part["id"].startswith("{") else part["id"]
        if isinstance(name, dict) and any(isinstance(value, list) for value in name.values()):
            return []
        given = {"id": name, "property": part["property"]}
        return {**given, "value": values.get(part["property"])} if valued else given

    multi = item["output"].startswith("..")
    parts = [name.rpartition(".") for name in item["output"].strip(".").split("...")]
    outputs = [entry({"id": name, "property": last}, False) for name, _, last in parts]
    return {
        "output": item["output"],
        "outputs": outputs if multi else outputs[0],
        "inputs": [entry(part, True) for part in item["inputs"]],
        "changedPropIds": [f"{part['id']}.{part['property']}" for part in item["inputs"]],
        "state": [entry(part, True) for part in item["state"]],
    }
