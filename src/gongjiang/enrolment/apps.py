from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    name = "gongjiang.enrolment"
    label = "enrolment"
