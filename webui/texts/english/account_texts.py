# ruff: noqa: S105 - sentences about passwords are none
"""The English sentences about signing in, passwords, and one's own account."""

# Signing in

NAME = "Sign-in name"
NAME_HINT = "Hebrew or Latin letters, digits and dots. An e-mail address works too."
PASSWORD = "Password"
SIGN_IN_WITH = "Sign in with {provider}"
OR_WITH_PASSWORD = "or with a name and password"
NO_PASSWORD = "I have no password, or forgot it"
NO_PASSWORD_TEXT = (
    "Ask whoever runs Darash for your team for an invitation or a new sign-in link. On the computer that Darash runs "
    "on, this command makes a link:"
)
NEW_BY_LINK = "I forgot my password: choose a new one"
WRONG = "The name or the password is wrong. Check the keyboard language and Caps Lock, and try again."
WAIT_SECONDS = "Too many sign-ins have failed. You can try again in {wait} seconds."
WAIT_MINUTES = "Too many sign-ins have failed. You can try again in {wait} minutes, or use a sign-in link."
KEY_MAY_NOT = "This key does not allow that. A key that does can be made on the page of keys."

# Signing in with a provider

PROVIDER = "your organisation's sign-in"
PROVIDER_SILENT = (
    "No answer from {provider} just now. Try again in a few minutes; if it goes on, ask whoever runs Darash for your "
    "team."
)
PROVIDER_REFUSED = "Signing in with {provider} was not completed. Try again from the sign-in page."
PROVIDER_STRANGER = "Your account with {provider} is not admitted here. Ask whoever runs Darash for your team."
SUSPENDED = "Your access to Darash is suspended. Ask whoever runs Darash for your team."

# Joining by an invitation

JOIN = "Welcome to Darash"
JOIN_TEXT = (
    "You are invited to ask questions and get answers from your team's documents. All that is left is to "
    "choose a name and a password."
)
JOIN_BUTTON = "Join"
JOIN_USED = "This invitation was used or revoked, or it has expired. Ask for a new one from the person who invited you."
JOIN_SIGNED_IN = (
    "An invitation is for somebody who has no account yet, and you are already in. Sign out before you use it."
)
SHOWN_NAME = "What to call you"
SHOWN_NAME_HINT = "Others see you by this name, for example: Dana Cohen"

# One's own account

ACCOUNT = "My account"
NAMES = "Name"
SAVE = "Save"
NAMES_KEPT = "The name is saved."
PASSWORD_CHANGE = "Change the password"
PASSWORD_FIRST = "Choose a password"
PASSWORD_FIRST_TEXT = (
    "You have no password yet. With a name and a password you can sign in on any computer, without a link."
)
PASSWORD_NOW = "Present password"
PASSWORD_NEW = "New password"
PASSWORD_AGAIN = "The same again"
PASSWORD_HINT = (
    "At least {shortest} characters. A few words that have nothing to do with each other are easy to remember"
    " and hard to guess."
)
PASSWORD_KEPT = "The password is saved. All your other devices have to sign in again."
PASSWORD_OF_PROVIDER = "You sign in with {provider}, so there is no password here."
DEVICES = "Devices"
DEVICES_TEXT = "If you signed in on a computer that is not yours, or lost a device, you can sign out of all at once."
SIGN_OUT_EVERYWHERE = "Sign out everywhere"
SIGN_OUT_HERE = "Sign out here"
DONE = {"names": NAMES_KEPT, "password": PASSWORD_KEPT}

# What is wrong with what was filled in

NAME_BAD = (
    "A sign-in name has 2 to 64 Hebrew or Latin letters, digits, spaces, apostrophes, dots and hyphens, or is"
    " an e-mail address."
)
NAME_TAKEN = "This name is taken. Choose another one."
SHOWN_NAME_MISSING = "Write what to call you."
PASSWORD_WRONG = "The present password is wrong."
PASSWORD_DIFFERS = "The two passwords are not the same."
NAME_FIRST = "Choose a sign-in name first: without one nobody can sign in with the password."
WEAK = {
    "short": "The password is too short: it needs at least {shortest} characters.",
    "long": "The password is too long: it can have up to {longest} characters.",
    "obvious": "This password is too easy to guess. Add a word or two that have nothing to do with you.",
}
