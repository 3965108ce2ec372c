"""Scripts and styles of the installed packages and of our own, compressed once instead of per request.

``python -m api.packed`` fills ``build/packed``; without it everything still works, compressed on the fly.
A packed file is named after the content it was made from, so an updated package never gets an old file.
"""

import hashlib
import importlib.util
import mimetypes
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

import brotli
from dash.fingerprint import check_fingerprint
from fastapi import APIRouter, HTTPException, Request, Response
from tqdm import tqdm

from api.page_scripts import PLOTLY_PARTS, plotly_parts
from data.settings import ROOT

PACKED = ROOT / "build" / "packed"
PACKAGES = ("dash", "plotly", "dash_ag_grid", "dash_bootstrap_components")
SUFFIXES = {".js", ".css", ".svg", ".json"}
FOREVER = "public, max-age=31536000, immutable"
SMALLEST = 1_024
WHOLE_LIBRARY = ("/plotly.min.js",)
SURPLUS = (
    # Development builds, other versions and parts that no page asks for.
    ".dev.",
    "/labextension/",
    "widgetbundle",
    "/dash_table/",
    "enterprise",
    "react-dom@16",
    "react@16",
    "18.2.0",
    "metadata.json",
    "_validators.json",
    "async-mathjax",
    "async-datepicker",
    "async-highlight",
    "async-markdown",
    "async-upload",
)


def _folder_of(package: str) -> Path | None:
    """Where a package is installed, without importing it."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


BOOTSTRAP = (_folder_of("flask_bootstrap") or Path()) / "static" / "bootstrap5" / "css"


@lru_cache(maxsize=8)
def _package_folder(package: str) -> Path | None:
    return _folder_of(package) if package in PACKAGES else None


@lru_cache(maxsize=512)
def _find(package: str, path: str) -> tuple[Path, bool] | None:
    """The file behind a component-suite address and whether the address is fingerprinted."""
    folder = _package_folder(package)
    if folder is None:
        return None
    plain, fingerprinted = check_fingerprint(path)
    file = (folder / plain).resolve()
    inside = file.is_relative_to(folder.resolve())
    return (file, bool(fingerprinted)) if inside and file.suffix in SUFFIXES and file.is_file() else None


@lru_cache(maxsize=512)
def digest(file: Path) -> str:
    """Fingerprint of a file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:20]


@lru_cache(maxsize=512)
def _packed(file: Path) -> Path | None:
    candidate = PACKED / f"{digest(file)}.br"
    return candidate if candidate.is_file() else None


def answer(file: Path, request: Request, forever: bool) -> Response:
    """The file, pre-compressed where the browser takes it; 304 where the browser has it already."""
    etag = f'"{digest(file)}"'
    headers = {"ETag": etag, "Vary": "Accept-Encoding", "Cache-Control": FOREVER if forever else "no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = _packed(file) if "br" in request.headers.get("accept-encoding", "") else None
    if packed is not None:
        headers["Content-Encoding"] = "br"
        return Response(packed.read_bytes(), media_type=media_type, headers=headers)
    return Response(file.read_bytes(), media_type=media_type, headers=headers)


def router(folders: Mapping[str, Path], hashed: Mapping[str, Path] | None = None) -> APIRouter:
    """Routes for component suites and for each folder of ``folders`` (address prefix → folder).

    Files of ``hashed`` have a hash of their content in their names and are kept by browsers for ever.
    """
    routes = APIRouter(include_in_schema=False)

    @routes.get("/_dash-component-suites/{package}/{path:path}")
    def suite(package: str, path: str, request: Request) -> Response:
        found = _find(package, path)
        if found is None:
            raise HTTPException(404)
        return answer(found[0], request, found[1])

    for prefix, folder in folders.items():
        routes.add_api_route(f"{prefix}/{{name:path}}", _folder_route(folder))
    for prefix, folder in (hashed or {}).items():
        routes.add_api_route(f"{prefix}/{{name:path}}", _folder_route(folder, forever=True))
    return routes


def _folder_route(folder: Path, forever: bool = False) -> Callable[[str, Request], Response]:
    def serve(name: str, request: Request) -> Response:
        file = (folder / name).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            raise HTTPException(404)
        return answer(file, request, forever or "v" in request.query_params)

    return serve


def _files(folders: Iterator[Path] | list[Path]) -> list[Path]:
    found = []
    for folder in folders:
        found += [p for p in sorted(folder.rglob("*")) if p.suffix in SUFFIXES | {".geojson"} and p.is_file()]
    return [p for p in found if p.stat().st_size >= SMALLEST]


def _pack(file: Path) -> None:
    target = PACKED / f"{digest(file)}.br"
    if target.is_file():
        return
    half = target.with_suffix(".part")
    half.write_bytes(brotli.compress(file.read_bytes(), quality=11))
    half.replace(target)


def _wanted() -> list[Path]:
    """Every file that a page can ask for."""
    suites = [folder for name in PACKAGES if (folder := _package_folder(name))]
    own = [ROOT / "assets", ROOT / "data" / "curated", PLOTLY_PARTS]
    surplus = (*SURPLUS, *WHOLE_LIBRARY) if plotly_parts() else SURPLUS
    found = [*_files([*suites, *own]), BOOTSTRAP / "bootstrap.min.css"]
    return [file for file in found if not any(word in file.as_posix() for word in surplus)]


def main() -> None:
    """Compress what is not compressed yet."""
    PACKED.mkdir(parents=True, exist_ok=True)
    todo = [file for file in _wanted() if not (PACKED / f"{digest(file)}.br").is_file()]
    with ProcessPoolExecutor() as pool:
        for _ in tqdm(pool.map(_pack, todo), total=len(todo), desc="packing assets", disable=not todo):
            pass


if __name__ == "__main__":
    main()
