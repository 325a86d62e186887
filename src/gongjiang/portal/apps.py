from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongjiang.portal"
    label = "portal"
