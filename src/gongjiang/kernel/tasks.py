"""What the queue calls: each fetches by id and makes one call; each is safe to run twice."""

from django_tasks import task

from gongjiang.kernel import clock, jobs, messages
from gongjiang.kernel.models import Message


@task()
def run_job(run_id: int) -> None:
    """Do one attempt at a run."""
    jobs.perform(run_id)


@task()
def mail_message(message_id: int) -> None:
    """Send a message by e-mail."""
    message = Message.objects.select_related("user").get(pk=message_id)
    messages.mail(message=message, at=clock.now())
