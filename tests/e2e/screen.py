"""The page as a person uses it: what to press and what to read. Tests say what should be there."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from webui.texts import texts

ANSWER_MS = 20_000
READY_MS = 90_000


class Screen:
    """One open page of the app."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, path: str = "/") -> None:
        """Loads the page and waits until it can be used."""
        self.page.goto(path)
        expect(self.page.locator("#question textarea")).to_be_visible()
        expect(self.page.locator("#conversations")).not_to_be_empty()

    def ask(self, question: str) -> None:
        """Types a question and sends it with Enter."""
        self.page.locator("#question textarea").fill(question)
        self.page.keyboard.press("Enter")

    def answer(self) -> Locator:
        """The last answer."""
        return self.page.locator("#chat .bot-row").last

    def status(self) -> Locator:
        """What is said of the answer to people who do not see it."""
        return self.page.locator("p[role=status]")

    def offered(self, question: str) -> Locator:
        """The button below the last answer that asks this."""
        return self.page.locator("#chat .next").get_by_role("button", name=question, exact=True)

    def answered(self, text: str) -> None:
        """Waits until the last answer holds the text and is finished."""
        expect(self.answer()).to_contain_text(text, timeout=ANSWER_MS)
        self.ready()

    def ready(self) -> None:
        """Waits until no answer is being written."""
        expect(self.page.locator("#question .submit-button")).to_be_visible(timeout=ANSWER_MS)

    def lengths_until(self, done: Callable[[], bool]) -> set[int]:
        """The different lengths the answer had until `done`, looked at again and again."""
        lengths: set[int] = set()
        while not done():
            lengths.add(len(self.answer().inner_text()))
            self.page.wait_for_timeout(40)
        return lengths

    def busy(self) -> bool:
        """Whether an answer is being written."""
        return self.page.locator("#question .stop-button").is_visible()

    def show_cards(self) -> None:
        """Opens the collections."""
        self.page.get_by_role("link", name=texts.VIEW_DOCUMENTS, exact=True).click()
        expect(self.page.locator("#documents .cards")).to_be_visible()

    def show_documents(self) -> None:
        """Opens the documents of the first collection."""
        self.show_cards()
        self.page.locator("#documents .collection a").first.click()
        expect(self.page.locator("#documents .documents")).to_be_visible()

    def show_talk(self) -> None:
        """Opens the conversation."""
        self.page.get_by_role("link", name=texts.VIEW_TALK, exact=True).click()

    def upload(self, *files: Path) -> None:
        """Chooses files to upload."""
        self.page.locator("#documents input[multiple]").set_input_files(files)

    def upload_folder(self, folder: Path) -> None:
        """Chooses a folder to upload."""
        self.page.locator("#documents input[webkitdirectory]").set_input_files(folder)

    def press(self, filename: str, action: str) -> None:
        """Presses a button in the menu of a document."""
        row = self.document(filename)
        row.locator(".more summary").click()
        row.locator(f'[data-action="{action}"]').click()

    def agree(self, label: str) -> None:
        """Presses a button of the question that is being asked."""
        self.page.get_by_role("dialog").get_by_role("button", name=label).click()

    def document(self, filename: str) -> Locator:
        """The row of a document."""
        return self.page.locator(
            "#documents .document", has=self.page.locator(".name").get_by_text(filename, exact=True)
        )

    def ended(self, filename: str, state: str) -> Locator:
        """The row of a document, once it is in that state."""
        row = self.document(filename)
        expect(row).to_have_attribute("data-state", state, timeout=READY_MS)
        return row

    def conversation_id(self) -> str:
        """The id in the address, once a conversation stands there."""
        self.page.wait_for_url(re.compile(r"\?c=\w+"))
        return self.page.url.partition("?c=")[2].partition("#")[0]
