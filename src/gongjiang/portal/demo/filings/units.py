"""Who applies: units named after a joiner's tools, with what they ask for and where."""

from dataclasses import dataclass

from gongjiang.filing.actions import ApplicantFacts
from gongjiang.portal.demo.cast import CITIES
from gongjiang.portal.demo.people import CYCLE, credit_code

SERIAL = 700  # of the credit codes, apart from those of bodies and employers


@dataclass(frozen=True)
class Unit:
    """A unit: of what kind, whose it is, where, under which rules, and which occupations it asks for."""

    key: str
    name: str
    kind: str
    occupations: tuple[str, ...]
    business: str
    city: str = "2201"
    affiliation: str = "municipal"
    regime: str = ""
    levels: str = "543"

    @property
    def site(self) -> str:
        return f"{self.name.removesuffix('（样例）')}考点"

    def facts(self) -> ApplicantFacts:
        """Return what the unit states of itself."""
        number = [unit.key for unit in UNITS].index(self.key)
        return ApplicantFacts(
            name=self.name,
            credit_code=credit_code(SERIAL + number),
            kind=self.kind,
            affiliation=self.affiliation,
            place_code=self.city,
            address=f"{CITIES[self.city][1]} {60 + number} 号",
            legal_representative=CYCLE[30 + number] + "衡",
            main_business=self.business,
            contact_name=CYCLE[40 + number] + "准",
            contact_phone=f"0431-0000{number:04d}",
            regime=self.regime,
        )


NURSERY, CARER, HOUSEKEEPER = "4-10-01-03", "4-10-01-05", "4-10-01-06"
ELECTRICIAN, WELDER, TURNER, MECHANIC, COOK = "6-31-01-03", "6-18-02-04", "6-18-01-01", "4-12-01-01", "4-03-02-01"
UNITS = (
    Unit("feiju", "吉林飞锯职业培训学院（样例）", "social", (NURSERY, CARER, HOUSEKEEPER),
         "家政、养老与托育培训及技能评价", affiliation="provincial"),
    Unit("mucuo", "长春木锉技能评价中心（样例）", "social", (ELECTRICIAN,), "电工培训与技能评价"),
    Unit("juanchi", "长春卷尺智能制造有限公司（样例）", "employer", (TURNER, WELDER), "机械加工与焊接"),
    Unit("shouzuan", "长春手钻汽车服务评价中心（样例）", "social", (MECHANIC,), "汽车维修培训与技能评价"),
    Unit("pingpao", "长春平刨职业技术学校（样例）", "college", (COOK, NURSERY), "职业教育"),
    Unit("caopao", "吉林槽刨能源集团有限公司（样例）", "employer", (ELECTRICIAN, WELDER), "发电与设备检修",
         affiliation="provincial"),
    Unit("yueya", "吉林月牙刨职业技能评价中心（样例）", "social", (CARER, ELECTRICIAN), "养老与电工培训及技能评价",
         affiliation="provincial", levels="54"),
    Unit("tiezhen", "吉林铁砧锻造有限公司（样例）", "employer", (WELDER,), "锻造与焊接",
         affiliation="provincial", regime="22-2019", levels="54"),
)  # fmt: skip
BY_KEY = {unit.key: unit for unit in UNITS}
