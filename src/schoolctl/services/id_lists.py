"""Numbers of questions as an organiser gives them: in an option, or in a file with notes."""

from __future__ import annotations

from pathlib import Path

from schoolctl.domain.id_lists import IdListError, is_id_list, parse_ids
from schoolctl.errors import FileProblemsError, Problem, WrongUsageError
from schoolctl.importers.charset import decode_text

_LARGEST = 1024 * 1024  # bytes


def read_ids(told: str, option: str) -> frozenset[int]:
    """The numbers in a list (`12, 14-18 20`), or in the file of that name, whose lines may have `#` notes.

    WrongUsageError when it is neither; FileProblemsError with every mistake in the file.
    """
    if is_id_list(told):
        try:
            return frozenset(parse_ids(told))
        except IdListError as error:
            message = f"{option}: {error}"
            raise WrongUsageError(message) from error
    path = Path(told)
    if not told.strip() or not path.is_file():
        message = f'{option} "{told}": no file is called so, and it is no list of numbers as 12,14-18'
        raise WrongUsageError(message)
    return _ids_in(path)


def _ids_in(path: Path) -> frozenset[int]:
    with path.open("rb") as stream:
        text = decode_text(stream.read(_LARGEST)).text
    found: set[int] = set()
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found.update(parse_ids(line.partition("#")[0]))
        except IdListError as error:
            problems.append(Problem(path.name, number, str(error)))
    if not found and not problems:
        # A wrong file must not look as if a person had said: none.
        problems.append(Problem(path.name, None, "no number of a question stands in it"))
    if problems:
        raise FileProblemsError(tuple(problems))
    return frozenset(found)
