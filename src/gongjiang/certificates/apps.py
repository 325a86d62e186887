from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "gongjiang.certificates"
    label = "certificates"
