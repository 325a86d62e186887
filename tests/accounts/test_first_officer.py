"""The first account of an installation, from which all others come."""

import pytest
from tests.factories import at, make_tree, make_user

from gongjiang.accounts import actions
from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.accounts.queries import actor_for
from gongjiang.cli import main
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ARGUMENTS = ["first-officer", "jiaxue", "--name", "甲戌秋", "--authority", "样例省人社厅", "--place", "22"]


def test_a_fresh_database_gets_its_authority_and_approver(capsys, monkeypatch):
    monkeypatch.setattr("django.setup", lambda: None)
    assert main(ARGUMENTS) == 0
    password = capsys.readouterr().out.split()[-1]
    user = User.objects.get(username="jiaxue")
    organisation = Organisation.objects.get()
    assert (user.check_password(password), user.must_change_password) == (True, True)
    assert (organisation.kind, organisation.place_code, organisation.path) == ("province", "22", f"/{organisation.pk}/")
    assert actor_for(user, on=at("2027-01-01").date()).roles == frozenset({"provincial_approver"})
    assert main(ARGUMENTS) == 1
    assert RoleAssignment.objects.count() == 1


def test_a_place_that_nobody_knows_is_misuse(monkeypatch):
    monkeypatch.setattr("django.setup", lambda: None)
    assert main([*ARGUMENTS[:-1], "99"]) == 2
    assert not Organisation.objects.exists()


def test_where_somebody_holds_a_role_nothing_is_founded_and_nobody_but_the_operator_founds():
    person = actions.NewUser("yihaidong", "乙亥冬")
    officer = make_user(make_tree()["province"], "provincial_approver")
    for by in (system("test"), actor_for(officer, on=at("2026-06-01").date())):
        with pytest.raises(Refused) as refusal:
            actions.found_authority(actor=by, at=at("2026-06-01"), name="样例", place_code="22", person=person)
        assert refusal.value.codes == (("founded",) if by.has("system") else ("wrong-role",))
        assert isinstance(refusal.value, NotAllowed) is not by.has("system")
    assert not User.objects.filter(username="yihaidong").exists()
