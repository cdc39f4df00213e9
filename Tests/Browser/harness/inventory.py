"""The inventory entries that the items of a theme need before the national platform can be told of their cases."""

import json
import re
from pathlib import Path

from harness.deployment import Deployment
from harness.programs import ROOT


def publish_items(deployment: Deployment, folder: Path, items: list[dict], leave_out: tuple[str, ...] = ()) -> None:
    """Publishes an implementing list of the city for items of a case, by their keys as local codes; all of it synthetic."""
    text = (ROOT / "Apps/Deployments/yueyang/organisation.yaml").read_text(encoding="utf-8")
    organs = dict(re.findall(r"name: (\S+?), creditCode: (\w{18}), department: \S+?, division: '430600'", text))
    fallback = organs["岳阳市行政审批服务局"]
    entries = [
        {
            "code": f"{organs.get(item['agency'], fallback)}30007230{number:02}000", "local_code": item["id"],
            "title": item["title"], "kind": "行政确认", "department": "行政审批", "organ": item["agency"],
            "legal_basis": "示例依据", "audiences": ["自然人", "企业法人"], "conditions": "符合示例条件。",
            "materials": [{"title": "示例材料", "form": "原件"}], "is_free": True, "promised_limit": "5个工作日",
            "steps": [{"title": "受理", "kind": "受理"}, {"title": "决定", "kind": "决定"}], "visits": 1,
            "contact": "0730-12345", "complaints": "12345", "place": "示例政务服务中心", "hours": "周一至周五",
        }
        for number, item in enumerate(items, start=10) if item["id"] not in leave_out
    ]
    path = folder / f"items-{len(leave_out)}.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")
    batch = json.loads(deployment.run("item", "import", str(path), "--basis", "示例文件", "--json").stdout)["batch"]
    deployment.run("item", "publish", batch, "--basis", "示例文件")
