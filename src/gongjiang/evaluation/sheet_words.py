"""What the script of the sheet says, in the reader's language."""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """Return the script's sentences; ``%s`` stands for a time or a number."""
    return {
        "saved": _("Saved %s"),
        "kept": _("Kept on this device, %s not sent"),
        "offline": _("No connection. Kept on this device, %s not sent"),
        "restored": _("Restored from this device"),
        "refused": _("Not saved: %s"),
        "signIn": _("Your session is over. Sign in again in another tab; what you wrote is kept here, %s not sent"),
        "sendFirst": _("First everything has to be sent: %s not sent"),
        "leave": _("%s not sent. Signing out removes them from this device. Sign out all the same?"),
        "moved": _("Another page or device saved this sheet at %s"),
        "here": _("Here"),
        "there": _("There"),
        "keepHere": _("Keep what stands here"),
        "takeThere": _("Take what stands there"),
        "nothing": _("nothing"),
        "yes": _("met"),
        "no": _("not met"),
        "waiting": _("not sent yet"),
        "remove": _("Remove"),
        "photo": _("Photo"),
    }
