from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "gongjiang.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Give timelines the names of users, and the acts upon accounts their names."""
        from gongjiang.accounts.queries import names_of
        from gongjiang.kernel import audit_labels, timeline

        timeline.names_from(names_of)
        audit_labels.register(
            {
                "account.found": _("entered the first authority"),
                "account.add": _("opened the account"),
                "account.give_role": _("gave the role"),
                "account.end_role": _("ended the role"),
                "account.renew_sign_in": _("renewed the sign-in"),
                "account.choose_password": _("chose a new password"),
            }
        )
