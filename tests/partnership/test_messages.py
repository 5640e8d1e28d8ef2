import io

from vrn_community.partnership import files, messages


def extracted(name):
    with (files.FOLDER / name).open("rb") as file:
        return list(messages.extract(file, {}, (), {}))


def test_translators_get_names_and_sentences_but_no_codes():
    texts = {text for _line, _function, text, _comments in extracted("support_services.csv")}

    assert {"Childline", "Day and night, every day"} <= texts
    assert not any("http" in text or text in ("helpline", "childline") for text in texts)


def test_translators_get_every_text_of_a_document_with_its_line():
    lines = {text: line for line, _function, text, _comments in extracted("priorities.json")}

    assert len(lines) == 7 * 3 + 41
    source = (files.FOLDER / "priorities.json").read_text("utf-8").splitlines()
    assert all(text in source[line - 1] for text, line in lines.items())


def test_figures_have_nothing_to_translate():
    assert extracted("population.csv") == extracted("postcode_sectors.csv") == []


def test_a_row_of_a_table_has_its_line():
    file = io.BytesIO("slug,name\na,Ávila\nb,\n".encode())

    assert list(messages.extract(file, {}, (), {})) == [(2, None, "Ávila", [])]
