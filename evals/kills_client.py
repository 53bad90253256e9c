"""Somebody who uses a Darash over HTTP without pause: uploads, moves, deletes, renames, grants, shares; and looks.

Each change is written down in `Promises` before it is sent and when it is acknowledged.
"""

import random
import re
import threading
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from io import BytesIO

import httpx

from evals.kills_promises import Key, Promises, Value
from evals.kills_server import Server

LEVELS = ("reader", "editor")


class Client:
    """One user with collections and conversations of its own. `chance` decides what happens next."""

    def __init__(self, server: Server, name: str, promises: Promises, chance: random.Random) -> None:
        self._server, self._name, self._promises, self._chance = server, name, promises, chance
        self._count = 0
        self.refused: Counter[str] = Counter()

    def work(self, stop: threading.Event) -> None:
        """Changes one thing after the other until the server is gone, or told to stop."""
        with self._server.browser() as browser:
            self._browser = browser
            try:
                while not stop.is_set():
                    self._change_something()
            except httpx.TransportError:
                return

    def _change_something(self) -> None:
        collection_id = self._pick("collection", self._name)
        if collection_id is None:
            self._make_collection()
            return
        changes: dict[Callable[[str], None], int] = {
            self._upload: 40,
            self._move: 8,
            self._delete_document: 8,
            self._rename: 8,
            self._grant: 10,
            self._add_pair: 8,
            self._ask: 3,
            self._share: 8,
            self._revoke: 5,
            self._make_collection: 2,
            self._delete_collection: 1,
        }
        (change,) = self._chance.choices(list(changes), list(changes.values()))
        change(collection_id)

    def _send(self, change: Mapping[Key, Value], method: str, path: str, **rest: object) -> httpx.Response | None:
        """Sends a change; None where it was refused, and then it may still have happened."""
        self._promises.begin(change)
        response = self._browser.request(method, path, **rest)  # type: ignore[arg-type]
        if response.status_code >= httpx.codes.BAD_REQUEST:
            self.refused[f"{method} {re.sub('[0-9a-f]{32}', 'ID', path)} {response.status_code}"] += 1
            return None
        self._promises.keep(change)
        return response

    def _pick(self, *start: str) -> str | None:
        """The last part of the key of a thing that is certainly there."""
        there = [key[-1] for key in self._promises.below(*start) if self._promises.sure(key) is not None]
        return self._chance.choice(there) if there else None

    def _new(self, kind: str) -> str:
        self._count += 1
        return f"{kind} {self._name} {self._count}"

    def _make_collection(self, _: str = "") -> None:
        name = self._new("מאגר")
        response = self._browser.post("/api/collections", json={"name": name})
        if response.is_success:  # what was not acknowledged has no id that could be looked for
            self._promises.keep({("collection", self._name, response.json()["id"]): name})

    def _upload(self, collection_id: str) -> None:
        name = f"{self._new('מסמך')}.{self._chance.choice(('txt', 'html', 'zip'))}"
        self._send_file(collection_id, name, "א")

    def _move(self, collection_id: str) -> None:
        if name := self._pick("file", collection_id):
            self._send_file(collection_id, name, self._chance.choice("בגדה"))

    def _send_file(self, collection_id: str, name: str, folder: str) -> None:
        path = f"{folder}/{name}"
        query = {"collection": collection_id}
        # The path stands before the file, as browsers send the fields of a form.
        form = [("path", (None, path)), ("file", (name, content_of(name)))]
        self._send({("file", collection_id, name): path}, "POST", "/api/documents", params=query, files=form)

    def _delete_document(self, collection_id: str) -> None:
        listed = self._browser.get("/api/documents", params={"collection": collection_id})
        found = {each["filename"]: each["id"] for each in listed.json()} if listed.is_success else {}
        name = self._pick("file", collection_id)
        if name in found:
            self._send({("file", collection_id, str(name)): None}, "DELETE", f"/api/documents/{found[name]}")

    def _rename(self, collection_id: str) -> None:
        name, key = self._new("מאגר"), ("collection", self._name, collection_id)
        self._send({key: name}, "PATCH", f"/api/collections/{collection_id}", json={"name": name})

    def _delete_collection(self, collection_id: str) -> None:
        keys = [key for kind in ("file", "grant", "pair") for key in self._promises.below(kind, collection_id)]
        gone = dict.fromkeys([*keys, ("collection", self._name, collection_id)])
        self._send(gone, "DELETE", f"/api/collections/{collection_id}")

    def _grant(self, collection_id: str) -> None:
        key, path = ("grant", collection_id), f"/api/collections/{collection_id}/grants"
        if self._promises.sure(key) is not None and self._chance.choice((True, False)):
            self._send({key: None}, "DELETE", path, params={"whom": "team"})
        else:
            level = self._chance.choice(LEVELS)
            self._send({key: level}, "PUT", path, json={"whom": "team", "level": level})

    def _add_pair(self, collection_id: str) -> None:
        term, meaning = self._new("מונח"), self._new("פירוש")
        form = {"term": term, "meaning": meaning}
        self._send({("pair", collection_id, term): meaning}, "POST", f"/glossary/{collection_id}", data=form)

    def _ask(self, _: str) -> None:
        asked = self._browser.post("/api/ask", json={"question": "כמה ימים?", "stream": False})
        if asked.is_success:
            said = asked.json()
            self._promises.keep({("answer", said["conversation"], said["turn"]): said["text"]})
            self._promises.keep({("title", self._name, said["conversation"]): "כמה ימים?"})

    def _share(self, _: str) -> None:
        conversation = self._pick("title", self._name)
        if conversation is None:
            return
        if self._chance.choice((True, False)):
            title, key = self._new("שיחה"), ("title", self._name, conversation)
            self._send({key: title}, "PATCH", f"/api/conversations/{conversation}", json={"title": title})
            return
        made = self._browser.post(f"/share/{conversation}", data={"how": "link", "days": "7", "passages": "on"})
        link, ids = (
            re.search(r"/shared/([\w-]{20,})", made.text),
            re.findall(r"/shares/([0-9a-f]{32})/revoke", made.text),
        )
        if made.is_success and link:
            known = {self._promises.sure(key) for key in self._promises.below("share", self._name)}
            new = [each for each in ids if each not in known]
            self._promises.keep({("link", link[1]): "open"})
            if len(new) == 1:
                self._promises.keep({("share", self._name, link[1]): new[0]})

    def _revoke(self, _: str) -> None:
        token = self._pick("share", self._name)
        if token and self._promises.sure(("link", token)) == "open":
            share_id = self._promises.sure(("share", self._name, token))
            self._send({("link", token): "closed"}, "POST", f"/shares/{share_id}/revoke")


def content_of(name: str) -> bytes:
    """The bytes of a file of that name: a text, a page, or an archive of both."""
    if not name.endswith(".zip"):
        return f"<p>החלטה {name}: האגרה היא {len(name)} שקלים.</p>\n".encode() * 40
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for part in ("txt", "html"):
            archive.writestr(zipfile.ZipInfo(f"{part} {name}.{part}"), content_of(f"{name}.{part}"))
    return content.getvalue()
