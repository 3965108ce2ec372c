"""The arrows between the packages, the sizes of files and functions, and the words on the pages."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("data", "components", "callbacks", "api")
MAY_IMPORT = {
    "data": {"data"},
    "components": {"components", "data"},
    "callbacks": {"callbacks", "components", "data"},
    "api": {"api", "data"},
    "app": {"app", "api", "callbacks", "components", "data"},
}
FORBIDDEN_IN_DATA = {"dash", "plotly", "fastapi", "dash_bootstrap_components", "dash_ag_grid", "starlette"}
MAX_FILE, MAX_FUNCTION, MAX_CALLBACK = 300, 50, 15


def python_files() -> list[Path]:
    files = [ROOT / "app.py"]
    for package in PACKAGES:
        files += sorted((ROOT / package).rglob("*.py"))
    return files


FILES = python_files()


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    names = imported(ast.parse(path.read_text("utf-8")))
    ours = {name.split(".")[0] for name in names} & set(MAY_IMPORT)
    assert ours <= MAY_IMPORT[package], f"{relative(path)} imports {ours - MAY_IMPORT[package]}"
    if package == "data":
        assert not {name.split(".")[0] for name in names} & FORBIDDEN_IN_DATA
    in_pipeline = relative(path).startswith("data/pipeline")
    assert in_pipeline or not any(name.startswith("data.pipeline") for name in names)


def test_no_import_cycle() -> None:
    modules = {relative(p).removesuffix(".py").removesuffix("/__init__").replace("/", "."): p for p in FILES}
    edges = {
        name: {n for n in imported(ast.parse(path.read_text("utf-8"))) if n in modules and n != name}
        for name, path in modules.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name in done:
            return
        for target in sorted(edges[name]):
            # A package's __init__ gathers its modules; a module importing its own package is no cycle of ours.
            if not name.startswith(f"{target}."):
                visit(target, (*trail, name))
        done.add(name)

    for name in sorted(edges):
        visit(name, ())


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_files_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MAX_FILE, f"{relative(path)} has {text.count(chr(10))} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            is_callback = any("callback" in ast.unparse(d) for d in node.decorator_list)
            most = MAX_CALLBACK if is_callback else MAX_FUNCTION
            assert length <= most, f"{relative(path)}: {node.name} has {length} lines"


def test_every_python_folder_is_a_package() -> None:
    for package in (*PACKAGES, "tests"):
        for path in (ROOT / package).rglob("*.py"):
            assert (path.parent / "__init__.py").is_file(), path.parent


def _flat(node: object, prefix: str = "") -> dict[str, str]:
    if not isinstance(node, dict):
        return {prefix: str(node)}
    return {k: v for name, child in node.items() for k, v in _flat(child, f"{prefix}.{name}").items()}


def test_both_languages_have_the_same_texts_and_gaps() -> None:
    folder = ROOT / "components" / "text"
    for path in sorted((folder / "en").glob("*.yaml")):
        english = _flat(yaml.safe_load(path.read_text("utf-8")))
        german = _flat(yaml.safe_load((folder / "de" / path.name).read_text("utf-8")))
        assert english.keys() == german.keys(), path.name
        for key, text in english.items():
            assert set(re.findall(r"{(\w+)", text)) == set(re.findall(r"{(\w+)", german[key])), (
                f"{path.stem}{key}"
            )
    assert {p.name for p in (folder / "en").glob("*")} == {p.name for p in (folder / "de").glob("*")}


def test_every_text_that_is_asked_for_exists() -> None:
    texts = {
        f"{path.stem}{key}"
        for path in (ROOT / "components" / "text" / "en").glob("*.yaml")
        for key in _flat(yaml.safe_load(path.read_text("utf-8")))
    }
    stems = texts | {key.removesuffix(".one").removesuffix(".other") for key in texts}
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "t" and node.args:
                position = 1 if isinstance(node.func, ast.Name) else 0
                key = node.args[position] if len(node.args) > position else None
                if isinstance(key, ast.Constant):
                    assert key.value in stems, f"{relative(path)}: {key.value}"


def test_no_trace_of_a_machine_or_registry() -> None:
    pattern = re.compile(
        r"(?<![\w/.])/root/|(?<![\w/.])/home/\w|(?<![\w/.])/work/|files\.pythonhosted|registry\.npmjs|/tmp/\w+/"
    )
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for path in (ROOT / name for name in listed.stdout.splitlines()):
        if path.is_file() and path.suffix in {".py", ".md", ".yaml", ".toml", ".txt", ".js", ".css", ""}:
            text = path.read_text("utf-8", errors="ignore")
            if path.name != "test_layers.py":
                assert not pattern.search(text), relative(path)
