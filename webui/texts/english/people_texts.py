"""The English sentences about people, invitations and groups."""

# The people

TEAM = "People"
TEAM_LEAD = "Who uses this Darash. Each person sees the collections that were opened to them, whatever their role."
YOU = "you"
NAMESAKE = "{name} ({sign_in})"

SUSPENDED = "access suspended"
SIGNED_IN_AT = "Last signed in: {moment}"
NEVER_SIGNED_IN = "Has not been here yet"
JOINED_AT = "In the team since {day}"
SIGN_IN_NAME = "Sign-in name: {name}"
BY_PROVIDER = "Signs in with the identity provider of the organisation"
IN_GROUPS = "In groups: {groups}"

ROLES_MEAN = {
    "owner": "Owners: everything, also roles, deleting people and the activity log",
    "manager": "Managers: inviting people, suspending members and guests, groups",
    "member": "Members: collections of their own, uploading, questions and sharing",
    "guest": "Guests: reading and asking, only what was opened to them",
}
ROLES_NOTE = "No role opens collections: owners too do not see what is private to others."

# Inviting

INVITE_HEADING = "Invite somebody to the team"
INVITE_NAME = "Name (as others will see it)"
INVITE_ROLE = "Role"
INVITE_DAYS = "The link is good for"
DAYS = {1: "A day", 3: "Three days", 7: "A week", 30: "Thirty days"}
INVITE_BUTTON = "Make an invitation link"
INVITE_LINK = "The invitation link"
INVITED = "The invitation is ready"
INVITED_HOW = (
    "Copy the link and send it to {name}. It is shown only now, opens one account, and is good until {moment}."
)
SOMEBODY = "the person you invited"

INVITATIONS = "Open invitations"
NO_INVITATIONS = "There are no open invitations."
UNNAMED = "No name"
INVITED_BY = "Invited by {name}"
GOOD_UNTIL = "Good until {moment}"
REVOKE = "Revoke the invitation"
REVOKED = "The invitation was revoked, and its link opens nothing any more."

# One person

BACK_TO_TEAM = "Back to people"
ROLE = "Role"
CHANGE_ROLE = "Change the role"
ROLE_CHANGED = "The role was changed."
LINK_HEADING = "One-time sign-in link"
LINK_TEXT = (
    "For people who have no password or forgot it. The link opens the account as a password does, so send it to them "
    "alone. Making a link is recorded in the log."
)
MAKE_LINK = "Make a sign-in link"
LINK = "The sign-in link"
LINK_MADE = "The sign-in link is ready"
LINK_HOW = "It is shown only now, signs in once, and is good until {moment}."
ACCESS = "Access"
SUSPEND = "Suspend access"
SUSPEND_TEXT = (
    "Suspending ends all sign-ins, keys and share links at once. Nothing is deleted, and access can be restored."
)
SUSPEND_QUESTION = "Suspend the access of {name}? Open sign-ins end at once."
SUSPEND_SURE = "Suspend"
SUSPENDED_NOW = "Access is suspended, and all open sign-ins have ended."
RESTORE = "Restore access"
RESTORE_TEXT = "Access is suspended: sign-ins, keys and share links are closed. Once restored, one signs in as usual."
RESTORED = "Access is restored."
AUDIT_OF = "Actions in the log"

# Deleting a person

DELETE = "Delete from the team"
DELETE_TEXT = "Before anything is deleted, you see what will be."
DELETE_LINK = "Delete from the team…"
DELETE_HEADING = "Delete {name} from the team"
DELETE_LEAD = "Deleting is final and cannot be undone. To close the access only, suspend it."
WILL_GO = "What is deleted"
GOES_ACCOUNT = "The account, its sign-ins, invitations, memberships of groups and permissions"
GOES_CONVERSATIONS = (
    "One conversation, with its questions and answers",
    "{count} conversations, with their questions and answers",
)
GOES_SHARES = ("One share of a conversation", "{count} shares of conversations")
GOES_KEYS = ("One API key", "{count} API keys")
GOES_COLLECTIONS = ("One collection that nobody else owns", "{count} collections that nobody else owns")
GOES_DOCUMENTS = ("One document in these collections", "{count} documents in these collections")
UP_TO_YOU = "{what} (as you choose below)"
WILL_STAY = "What stays"
STAYS_DOCUMENTS = "Documents added to collections of others, without a record of who added them"
STAYS_AUDIT = "Rows in the activity log, with a random number only and no name"
COLLECTIONS_CHOICE = "What to do with these collections?"
COLLECTIONS_HAND = "Hand them over to"
CHOOSE_SUCCESSOR = "Choose to whom"
COLLECTIONS_DELETE = "Delete them, with all their documents"
DELETE_BUTTON = "Delete for good"
CANCEL = "Cancel"
DELETED = "The person was deleted from the team, and everything of theirs was deleted or handed over."

# What is refused

NOT_ALLOWED = "Your role does not allow this. You can ask the owners of Darash."
NOT_ONESELF = (
    "Somebody else has to add you to a group: whoever manages groups does not add themselves. You can ask another "
    "manager or the owners."
)
LAST_OWNER = "This is the last account of an owner, and somebody has to stay. Make somebody else an owner first."
IS_SUSPENDED = "Access is suspended, so there is no sign-in link. Restore the access first."

# Groups

GROUPS_TITLE = "Groups"
GROUPS_LEAD = (
    "A collection or a conversation can be opened to a group instead of to each person. Whoever joins the "
    "group sees at once what was opened to it, and whoever leaves stops seeing it."
)
NO_GROUPS = "There are no groups yet."
NEW_GROUP = "New group"
GROUP_NAME = "Name of the group"
MAKE_GROUP = "Create the group"
GROUP_TAKEN = "The group cannot be called that: the name is taken, empty, or longer than {most} characters."
MEMBERS = "{count} people"
MEMBERS_ONE = "One person"
MEMBERS_NONE = "Nobody in it"
BACK_TO_GROUPS = "Back to groups"
IN_THE_GROUP = "In the group"
NOBODY_IN_GROUP = "Nobody is in the group yet."
BY_CLAIM = "By the identity provider: set anew at each sign-in"
ADD_TO_GROUP = "Add somebody"
ADD_PERSON = "Person"
ADD = "Add"
EVERYBODY_IN = "Everybody of the team is in the group."
REMOVE = "Remove"
REMOVE_LABEL = "Remove from the group: {name}"
RENAME = "Rename the group"
RENAME_BUTTON = "Save"
RENAME_HINT = "A group that comes from the identity provider will be made again under its original name."
DELETE_GROUP = "Delete the group"
DELETE_GROUP_TEXT = "The people stay. What was opened to the group alone closes to them."
DELETE_GROUP_QUESTION = "Delete the group {name}? What was opened to it alone closes at once to those who were in it."
DELETE_GROUP_SURE = "Delete the group"
GROUP_DONE = {
    "made": "The group was created.",
    "renamed": "The group was renamed.",
    "joined": "Added to the group.",
    "left": "Removed from the group.",
    "deleted": "The group was deleted.",
}
TEAM_DONE = {
    "revoked": REVOKED,
    "suspended": SUSPENDED_NOW,
    "restored": RESTORED,
    "role": ROLE_CHANGED,
    "deleted": DELETED,
}
