from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "gongjiang.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Give timelines the names of users."""
        from gongjiang.accounts.queries import names_of
        from gongjiang.kernel import timeline

        timeline.names_from(names_of)
