from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "gongjiang.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        """Register what the pool and the panel tell the kernel: names of acts, the queue, what can be revealed."""
        from gongjiang.evaluation import wiring_panel, wiring_pool

        wiring_pool.connect()
        wiring_panel.connect()
