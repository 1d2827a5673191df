"""The page of exchange rates."""

from django.core.files.uploadedfile import SimpleUploadedFile

PAGE, IMPORT = "/t/acme/data/rates/", "/t/acme/data/rates/import/"


def rates_file(text="Date,USD\n2026-01-09,1.0812\n"):
    return {"rates": SimpleUploadedFile("hist.csv", text.encode())}


def test_a_file_is_taken_in_and_its_pairs_are_shown(acme, client, owner):
    client.force_login(owner)

    page = client.post(IMPORT, rates_file(), follow=True).content.decode()

    assert "EUR/USD" in page
    assert "1.0812" in page
    assert "1 new" in page


def test_a_file_that_is_none_is_refused_with_its_place(acme, client, owner):
    client.force_login(owner)

    response = client.post(IMPORT, rates_file("Date,USD\n2026-01-09,cheap\n"))

    assert response.status_code == 422
    assert "line 2, USD" in response.content.decode()
    assert "EUR/USD" not in client.get(PAGE).content.decode()


def test_a_stranger_sees_nothing(acme, client, stranger):
    client.force_login(stranger)

    assert client.get(PAGE).status_code == 404
    assert client.post(IMPORT, rates_file()).status_code == 404
