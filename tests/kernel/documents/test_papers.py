"""The papers: what is printed equals what was given, on every page, whatever the data contain."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from gongjiang.kernel.documents import exam_papers as exam
from gongjiang.kernel.documents import papers
from gongjiang.kernel.documents.fonts import DEFAULT, FontSet, covers, missing_glyphs
from gongjiang.kernel.documents.qr import qr_png, qr_svg
from gongjiang.kernel.documents.service import NoTemplate, picture, render

AT = datetime(2026, 6, 15, 2, tzinfo=UTC)
LONG = "买买提·阿卜杜热合曼·吐尔逊江·阿布都克里木·艾合买提江·伊"
OCCUPATION = "起重装卸机械操作工（高空作业机械操作工、汽车起重机械操作工、桥式起重机械操作工）"
HEAD = papers.Head(
    "认定", "长春榫卯技能评价中心（样例）", AT, number="GJ-1", sample=True, address="https://example.cn/a/7f3k"
)
CERTIFICATE = papers.CertificatePaper(
    number="S000022999017263000118",
    name="甲子安",
    identity_type="居民身份证",
    identity="229***********9016",
    occupation="电工",
    job_type="",
    level="3",
    body="长春榫卯技能评价中心（样例）",
    issued_on=date(2026, 6, 15),
    qr="https://verify.example.org.cn/v#" + "A" * 260,
    token="A" * 260,
    at=AT,
    serial="9990000118",
    sample=True,
)


def read(pdf):
    return PdfReader(io.BytesIO(pdf))


def text(pdf):
    """Return the text of all pages without white space: lines break where the paper needs it."""
    return re.sub(r"\s", "", "".join(page.extract_text() for page in read(pdf).pages))


def photo(size=(295, 413), form="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, form)
    return out.getvalue()


def all_papers(name="丁卯春", occupation="电工", head=HEAD):
    """Return every kind of paper with the name on it where it has names."""
    number = "2605162299017000007"
    return {
        "certificate": papers.certificate_pdf(
            replace(CERTIFICATE, name=name, occupation=occupation, sample=head.sample, photo=photo())
        ),
        "announcement": papers.announcement_pdf(
            papers.Announcement(
                head,
                name,
                "现公告如下。",
                [papers.Element(f"要素{number}", occupation) for number in range(5)],
                [papers.AnnouncedLevel("6-31-01-03", occupation, "", "3")],
                ["带身份证件。"],
                date(2026, 2, 20),
            )
        ),
        "result_notice": papers.result_notice_pdf(
            papers.ResultNotice(
                head,
                "第 3 批",
                "现予公示。",
                "2026-05-25 至 2026-05-29",
                "书面提出",
                ["理论", "操作", "综合"],
                [papers.ResultRow(name, "229***********9016", occupation, "3", ["86", "74", "—"], "合格", True)] * 60,
                date(2026, 5, 22),
            )
        ),
        "confirmation": papers.confirmation_sheet_pdf(
            papers.ConfirmationSheet(
                head,
                "中心",
                name,
                "丁",
                "新增 3 条",
                date(2026, 6, 20),
                "新增",
                [papers.UploadRow(occupation, "", "3", 1), papers.UploadRow("焊工", "", "4", 2)],
            )
        ),
        "tickets": exam.tickets_pdf(
            head,
            [
                exam.Ticket(
                    number,
                    name,
                    "229***********9016",
                    occupation,
                    "3",
                    "样例学校",
                    [exam.TicketPart("理论知识考试", "2026-05-16 09:00", "第 1 考场", "07")],
                    "T1",
                    photo(),
                )
            ]
            * 3,
        ),
        "doors": exam.door_signs_pdf(
            head, [exam.DoorSign("第 1 考场", name, "理论", "09:00", occupation, 30, "01—30", number)] * 2
        ),
        "desks": exam.desk_labels_pdf(
            head, [exam.DeskLabel("07", name, number, "第 1 考场", "09:00", occupation, "3")] * 16
        ),
        "sign_in": exam.sign_in_sheet_pdf(
            head,
            [
                exam.SignInRoom(
                    "第 1 考场", "样例", "理论", "09:00", [exam.SignInRow("07", name, number, occupation, "3")]
                )
            ]
            * 2,
        ),
        "seating": exam.seating_plan_pdf(
            head,
            [
                exam.SeatingPlan(
                    "第 1 考场", "样例", occupation, "09:00", 6, 5, [exam.PlannedSeat(1, 1, "07", name, number)]
                )
            ],
        ),
    }


@pytest.mark.requirement("CRT-01")
def test_a_certificate_prints_each_field_as_given():
    page = text(papers.certificate_pdf(CERTIFICATE))
    for expected in (
        "职业技能等级证书", "姓名Name甲子安", "居民身份证", "229***********9016", "Occupation电工", "Jobtype--",
        "三级/高级工", "S000022999017263000118", "评价机构：长春榫卯技能评价中心（样例）", "发证日期：2026年6月15日",
        "http://jndj.osta.org.cn", "http://pjjg.osta.org.cn", "流水码9990000118",
    ):  # fmt: skip
        assert expected in page
    assert "监制" not in page


@pytest.mark.requirement("CRT-01")
def test_a_certificate_is_one_a4_page_archivable_and_carries_its_token():
    reader = read(papers.certificate_pdf(replace(CERTIFICATE, photo=photo(form="PNG"))))
    assert len(reader.pages) == 1
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    assert {name: held for name, [held] in reader.attachments.items()} == {papers.TOKEN_FILE: b"A" * 260}
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata


def test_long_names_wrap_and_stay_on_the_page():
    page = papers.certificate_pdf(
        replace(CERTIFICATE, name=LONG, occupation=OCCUPATION, job_type=OCCUPATION, body=OCCUPATION, sample=False)
    )
    assert len(read(page).pages) == 1
    for expected in (LONG, OCCUPATION, "三级/高级工", CERTIFICATE.number):
        assert expected in text(page)


def test_the_same_paper_at_the_same_instant_is_the_same_bytes():
    assert papers.certificate_pdf(CERTIFICATE) == papers.certificate_pdf(CERTIFICATE)


@pytest.mark.parametrize(
    "name", ['#eval("1")', "$x$", "[a]", "*b* _c_", "`raw`", "<label>", "@ref", "\\u{1F600}", '"', "</svg>"]
)
def test_data_are_never_markup(name):
    wanted = re.sub(r"\s", "", name)
    without = {kind for kind, pdf in all_papers(name=name).items() if wanted not in text(pdf)}
    assert without == set()


def test_every_paper_prints_long_names_whole():
    for kind, pdf in all_papers(name=LONG, occupation=OCCUPATION).items():
        assert LONG in text(pdf), kind
        assert OCCUPATION in text(pdf), kind


def test_a_sample_says_so_on_every_page_and_a_real_paper_on_none():
    for kind, pdf in all_papers().items():
        assert all("样本" in re.sub(r"\s", "", page.extract_text()) for page in read(pdf).pages), kind
    for kind, pdf in all_papers(head=replace(HEAD, sample=False)).items():
        assert "样本" not in text(pdf), kind


def test_the_foot_has_number_and_pages():
    reader = read(all_papers()["result_notice"])
    assert len(reader.pages) > 1
    for count, page in enumerate(reader.pages, start=1):
        foot = re.sub(r"\s", "", page.extract_text())
        assert f"文件编号GJ-1第{count}页／共{len(reader.pages)}页" in foot


def test_a_notice_refuses_an_open_identity_number():
    row = papers.ResultRow("甲子安", "229001199001019016", "电工", "3", [], "合格", True)
    paper = papers.ResultNotice(HEAD, "", "", "", "", [], [row], date(2026, 5, 22))
    with pytest.raises(ValueError, match="masked"):
        papers.result_notice_pdf(paper)


def test_the_confirmation_sheet_counts_its_rows():
    assert "合计3" in text(all_papers()["confirmation"])


def test_a_seating_plan_refuses_two_on_a_seat_and_a_seat_outside():
    plan = exam.SeatingPlan("1", "s", "p", "t", 2, 2, [exam.PlannedSeat(1, 1, "01", "甲", "1")] * 2)
    with pytest.raises(ValueError, match="two people"):
        exam.seating_plan_pdf(HEAD, [plan])
    with pytest.raises(ValueError, match="outside"):
        exam.seating_plan_pdf(HEAD, [replace(plan, seats=[exam.PlannedSeat(3, 1, "01", "甲", "1")])])


def test_characters_that_the_font_lacks_are_found_before_printing():
    assert missing_glyphs("甲子安 张三 ·ABC 买买提") == set()
    assert missing_glyphs("王𠮷𪚥安㐀䶮") == {"𪚥"}
    assert missing_glyphs("\u3000\n\t") == set()


def test_another_font_folder_can_fill_the_gap():
    rare = "\u2c00"  # Glagolitic: in no Chinese font
    assert missing_glyphs(rare) == {rare}
    assert missing_glyphs("甲", FontSet(dirs=("/nowhere",))) == set()
    assert covers(DEFAULT.files[0], ord("甲"))
    assert not covers(DEFAULT.files[0], 0x2C00)


def test_a_family_that_is_not_there_falls_back_to_the_stand_in():
    page = papers.certificate_pdf(replace(CERTIFICATE, fonts=FontSet(fangsong="FangSong_GB2312")))
    assert "甲子安" in text(page)


def test_templates_come_from_the_package_only(tmp_path):
    strange = tmp_path / "x.typ"
    strange.write_text("hello")
    for name in ("nothing", "../../../config/settings", strange, Path("/etc/passwd")):
        with pytest.raises(NoTemplate):
            render(name, {}, at=AT)


def test_only_pictures_become_pictures():
    with pytest.raises(ValueError, match="JPEG or PNG"):
        picture(photo(form="GIF"))
    with pytest.raises(OSError, match="identify"):
        picture(b"nothing")


@pytest.mark.parametrize("words", ["https://verify.example.org.cn/v#A$*-.:9", "甲子安", "x" * 400])
def test_a_code_reads_back_and_has_its_quiet_zone(words):
    image = Image.open(io.BytesIO(qr_png(words)))
    assert zxingcpp.read_barcode(image).text == words
    assert image.getpixel((0, 0)) == 255
    assert image.crop((0, 0, image.width, 24)).getextrema() == (255, 255)
    assert qr_svg(words).count("<path") == 1


def test_a_list_marks_a_character_without_glyph_and_a_certificate_refuses_it():
    row = papers.ResultRow("甲*𪚥", "229***********9016", "电工", "4", ("71",), "合格", True)
    notice = papers.ResultNotice(
        HEAD, "第 1 批", "公示如下。", "5 个工作日", "可提出异议", ("理论",), (row,), AT.date()
    )

    assert "甲*〓" in text(papers.result_notice_pdf(notice))
    with pytest.raises(typst.TypstError, match="𪚥"):
        all_papers(name="甲𪚥")["certificate"]
