"""The English sentences about the audit log."""

AUDIT = "Activity log"
LEAD = (
    "Who signed in, uploaded, deleted, shared, changed permissions, exported or used a key, and when. "
    "Questions, answers and the content of documents are never written here, and names of collections and "
    "documents are shown only if they are open to you."
)
PERSON = "Person"
ANYBODY = "Everybody"
ACTION = "Action"
ANYTHING = "All actions"
SINCE = "From"
UNTIL = "Until"
SHOW = "Show"
CLEAR = "Clear the filter"
COUNT = "{total} rows"
COUNT_ONE = "One row"
NOTHING = "No rows match the filter."
DOWNLOAD = "Download as a JSON file"
DOWNLOAD_HINT = "The download itself is recorded in the log."
CHECK = "Check the chain"
CHECK_HINT = (
    "Every row is sealed together with the one before it. The check finds rows that were changed, deleted or put in "
    "between."
)
WHOLE = (
    "The chain is whole: {rows} rows were checked. Whoever keeps the last seal somewhere else can also find "
    "out whether rows were cut off at the end:"
)
LAST_SEAL = "The last seal"
BROKEN = (
    "The chain is broken at row {number}: that row, or what comes before it, has changed since it was written. Tell "
    "whoever runs the server, and compare with a backup."
)
SOMEBODY = "Somebody who was deleted"
GONE = "No longer here"
NOBODY = "No user"
WITHOUT_NAME = "Deleted, or not open to you"
FROM = "from {address}"
NEWER = "Newer"
OLDER = "Older"

ACTIONS = {
    "signed_in": "Signed in",
    "sign_in_failed": "Failed to sign in",
    "signed_out": "Signed out",
    "password_changed": "Changed a password",
    "names_changed": "Changed the names of an account",
    "joined": "Joined the team",
    "invited": "Invited to the team",
    "invitation_revoked": "Revoked an invitation",
    "link_made": "Made a sign-in link",
    "suspended": "Suspended access",
    "restored": "Restored access",
    "role_changed": "Changed a role",
    "person_deleted": "Deleted a person from the team",
    "group_made": "Made a group",
    "group_renamed": "Renamed a group",
    "group_deleted": "Deleted a group",
    "group_joined": "Added to a group",
    "group_left": "Removed from a group",
    "collection_made": "Made a collection",
    "collection_renamed": "Renamed a collection",
    "suggestions_changed": "Changed the suggested questions of a collection",
    "collection_deleted": "Deleted a collection",
    "granted": "Opened a collection",
    "grant_revoked": "Closed a collection",
    "uploaded": "Uploaded a document",
    "document_moved": "Moved a document",
    "document_deleted": "Deleted a document",
    "downloaded": "Downloaded a document",
    "glossary_changed": "Changed a glossary",
    "shared": "Shared a conversation",
    "share_revoked": "Revoked a share",
    "share_opened": "Opened a shared conversation",
    "exported": "Exported to a file",
    "conversation_deleted": "Deleted a conversation",
    "conversation_restored": "Restored a deleted conversation",
    "key_made": "Made an API key",
    "key_revoked": "Revoked an API key",
    "key_used": "Used an API key",
    "audit_exported": "Downloaded the log",
    "retention_applied": "Deleted what was kept long enough",
    "backup_made": "Made a backup",
}

LEVELS = {"reader": "viewing", "editor": "editing", "owner": "ownership"}
WAYS = {
    "password": "password",
    "link": "link",
    "invitation": "invitation",
    "provider": "identity provider",
    "team": "to people of the team",
}
DETAILS = {
    "how": "How: {value}",
    "account": "Person: {value}",
    "group": "Group: {value}",
    "team": "To the whole team",
    "before": "Role before: {value}",
    "role": "Role: {value}",
    "level": "Permission: {value}",
    "collection": "To the collection: {value}",
    "documents": "Documents: {value}",
    "conversations": "Conversations deleted: {value}",
    "audit": "Log rows deleted: {value}",
}
