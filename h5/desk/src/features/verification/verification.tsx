import { myRegions, useMe } from "../../frame/me.ts";
import { addressOf, go, usePlace } from "../../route.tsx";
import { Choice } from "../../ui/choice.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { PageHead } from "../../ui/states.tsx";
import { Queue } from "./queue.tsx";
import { VerifiedList } from "./verified.tsx";

/** `/verification` what waits · `/verification?show=verified` who is verified */
export default function VerificationPage() {
  const me = useMe();
  const { query } = usePlace();
  const asked = query.get("region") ?? "";
  const region = /^\d{12}$/.test(asked) ? asked : "";
  const show = query.get("show") === "verified" ? "verified" : "waiting";
  const open = (next: { region: string; show: string }) =>
    go(addressOf(["verification"], { region: next.region, show: next.show === "verified" ? next.show : "" }), true);
  return (
    <div className="stack">
      <PageHead title="村民认证" hint="姓名、身份证号和手机号都已遮挡；需要核对原件时请本人到村委会。" />
      <div className="line filters">
        <label className="field">
          村
          <RegionChoice
            value={region}
            tops={myRegions(me, "villagers.decide")}
            any="全部"
            onChange={(code) => open({ region: code, show })}
          />
        </label>
        <label className="field">
          看哪些
          <Choice
            value={show}
            options={[
              ["waiting", "等待办理"],
              ["verified", "已认证的村民"],
            ]}
            onChange={(next) => open({ region, show: next })}
          />
        </label>
      </div>
      {show === "verified" ? <VerifiedList region={region} /> : <Queue region={region} />}
    </div>
  );
}
