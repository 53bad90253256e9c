import numpy as np
import pytest

from evals.vectors import Tried, main, measure, others, ours


def rows(count, seed=0):
    made = np.random.default_rng(seed).normal(size=(count, 32)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def test_ours_is_exact_where_it_is_small(tmp_path):
    """Everything that brute force finds is found; the line says so."""
    tried = ours(rows(300), tmp_path)
    assert tried.name == "ours (exact)"
    assert measure(tried, rows(300), rows(5, seed=1)).split()[3:5] == ["100.0", "100.0"]


def test_what_finds_half_is_measured_as_half():
    """The share is of the nearest, whatever else is found."""
    truth, questions = rows(300), rows(5, seed=1)

    def half(question):
        order = np.argsort(-(truth @ question[0]))
        return np.concatenate([order[:5], order[200:205], order[5:50], order[205:250]])

    assert measure(Tried("half", 0, 0, half), truth, questions).split()[2:4] == ["50.0", "50.0"]


def test_the_others_are_asked_for_their_nearest():
    """Every index that is tried finds most of a few vectors."""
    tried = list(others(rows(3_000)))
    assert [each.name.split()[0] for each in tried] == ["Flat", "SQfp16", "SQ8", "HNSW32_SQ8", "HNSW32_SQ8"]
    for each in tried:
        assert len(each.search(rows(1, seed=2))) == 100


def test_missing_data_is_said_in_a_sentence(tmp_path, capsys):
    """Where the development data is not, the command says how to name its folder."""
    assert main(["--data", str(tmp_path)]) == 2
    assert "--data FOLDER" in capsys.readouterr().err


@pytest.mark.data
def test_real_questions_find_nearly_all_over_real_vectors(data_folder, tmp_path, capsys):
    """The command prints recalls of 98 and more for ours."""
    assert main(["--sizes", "2000", "--only-ours", "--data", str(data_folder)]) == 0
    line = capsys.readouterr().out.splitlines()[1].split()
    assert float(line[3]) >= 98
    assert float(line[4]) >= 98
