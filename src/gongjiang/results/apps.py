from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ResultsConfig(AppConfig):
    name = "gongjiang.results"
    label = "results"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels, queue
        from gongjiang.kernel.roles import AUTHORITY_ROLES
        from gongjiang.planning import acts
        from gongjiang.results import permissions, report_figures, waiting

        report_figures.connect()

        audit_labels.register(
            {
                "score_sheet.enter": _("entered scores"),
                "score_sheet.confirm": _("confirmed scores as the second person"),
                "score.enter": _("entered a score"),
                "score.supersede": _("superseded a score"),
                "result.compute": _("made a result"),
                "result.reopen": _("changed a result and posted it anew"),
                "result.confirm": _("made a result final"),
                "veto.propose": _("proposed an ethics veto"),
                "veto.decide": _("decided on an ethics veto as the second person"),
                "veto.lift": _("lifted an ethics veto"),
            }
        )
        acts.register("confirm_scores", "scores-confirm", check=waiting.scores_whole)
        acts.register("submit_results", "results-submit", check=waiting.may_submit)
        acts.register("approve_results", "results-approve")
        acts.register("return_results", "results-return", method="get")
        acts.register("post_results", "results-post", method="get", check=waiting.may_post)
        acts.register("confirm_results", "results-confirm", check=waiting.may_confirm)
        acts.register_section(10, "results/section_notice.html", waiting.notice_section)
        acts.register_section(60, "results/section_scores.html", waiting.scores_section)
        queue.register({*permissions.ENTER, *permissions.CONFIRM}, waiting.marking)
        queue.register(permissions.CONFIRM, waiting.second_person)
        queue.register(permissions.DECIDE_VETO, waiting.vetoes)
        queue.register(permissions.CLERKS, waiting.clerks)
        queue.register(permissions.REPLY, waiting.repliers)
        queue.register(permissions.REVIEW, waiting.reviewers)
        queue.register(AUTHORITY_ROLES, waiting.authorities)
