"""One certificate of the invented province, made once: its keys, its token, its sealed PDF."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.certificates.drawn import portrait

from gongjiang.certificates.offline import photo_mark
from gongjiang.certificates.seal import SealKey, make_key_pair, sign_pdf
from gongjiang.certificates.status_list import KeySet, keys_json, read_keys
from gongjiang.certificates.token import TokenFields, make_token, token_url
from gongjiang.kernel.documents.papers import CertificatePaper, certificate_pdf

AT = datetime(2026, 6, 15, 2, tzinfo=UTC)
ADDRESS = "https://verify.example.org.cn/v"


@dataclass(frozen=True)
class Issued:
    """What the tests need of one issued certificate."""

    fields: TokenFields
    token: str
    paper: CertificatePaper
    plain: bytes
    sealed: bytes
    seal: SealKey
    token_key: Ed25519PrivateKey
    list_key: Ed25519PrivateKey
    keys: KeySet
    keys_text: str


@pytest.fixture(scope="session")
def issued() -> Issued:
    token_key, list_key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    photo = portrait()
    fields = TokenFields(
        number="S000022999017263000118",
        name="甲子安",
        identity="229***********9016",
        occupation="电工",
        job_type="",
        level="3",
        body="长春榫卯技能评价中心（样例）",
        issued_on=date(2026, 6, 15),
        generation=1,
        photo=photo_mark(photo),
    )
    token = make_token(fields, token_key)
    paper = CertificatePaper(
        number=fields.number,
        name=fields.name,
        identity_type="居民身份证",
        identity=fields.identity,
        occupation=fields.occupation,
        job_type=fields.job_type,
        level=fields.level,
        body=fields.body,
        issued_on=fields.issued_on,
        qr=token_url(ADDRESS, token),
        token=token,
        at=AT,
        photo=photo,
        serial="9990000118",
        sample=True,
    )
    seal = make_key_pair("长春榫卯技能评价中心（样例）", at=AT)
    plain = certificate_pdf(paper)
    sealed = sign_pdf(plain, key=seal, at=AT, reason="颁发职业技能等级证书")
    text = keys_json(tokens=[token_key.public_key()], lists=[list_key.public_key()], roots=[seal.root], trial=True)
    return Issued(fields, token, paper, plain, sealed, seal, token_key, list_key, read_keys(text), text)


@dataclass(frozen=True)
class World:
    """A body with a clerk, its manager, the authority above it, and a stranger in another city."""

    tree: dict
    body: object
    clerk: object
    manager: object
    centre: object
    approver: object
    stranger: object


@pytest.fixture
def world(db):
    from tests.factories import make_actor, make_body, make_tree

    tree = make_tree()
    body = make_body(tree["changchun"])
    other = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    return World(
        tree,
        body,
        make_actor(body.organisation, "exam_clerk", "certificate_clerk"),
        make_actor(body.organisation, "body_manager"),
        make_actor(tree["centre"], "centre_officer"),
        make_actor(tree["province"], "provincial_approver"),
        make_actor(other.organisation, "exam_clerk", "certificate_clerk", "body_manager"),
    )
