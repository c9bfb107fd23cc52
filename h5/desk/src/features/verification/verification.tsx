import { myRegions, useMe } from "../../frame/me.ts";
import { addressOf, go, usePlace } from "../../route.tsx";
import { Choice } from "../../ui/choice.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { PageHead } from "../../ui/states.tsx";
import { Guardians } from "./guardians.tsx";
import { Queue } from "./queue.tsx";
import { VerifiedList } from "./verified.tsx";

type Show = "waiting" | "verified" | "guardians";

/** `/verification` what waits · `?show=verified` who is verified · `?show=guardians` for which children a guardian agreed */
export default function VerificationPage() {
  const me = useMe();
  const { query } = usePlace();
  const asked = query.get("region") ?? "";
  const region = /^\d{12}$/.test(asked) ? asked : "";
  const asksFor = query.get("show");
  const show: Show = asksFor === "verified" || asksFor === "guardians" ? asksFor : "waiting";
  const open = (next: { region: string; show: Show }) =>
    go(addressOf(["verification"], { region: next.region, show: next.show === "waiting" ? "" : next.show }), true);
  const mine = myRegions(me, "villagers.decide");
  // Consent is noted for one village; who has one only need not choose.
  const village = region !== "" ? region : mine.length === 1 ? (mine[0] ?? "") : "";
  return (
    <div className="stack">
      <PageHead title="村民认证" hint="姓名、身份证号和手机号都已遮挡；需要核对原件时请本人到村委会。" />
      <div className="line filters">
        <label className="field">
          村
          <RegionChoice value={region} tops={mine} any="全部" onChange={(code) => open({ region: code, show })} />
        </label>
        <label className="field">
          看哪些
          <Choice<Show>
            value={show}
            options={[
              ["waiting", "等待办理"],
              ["verified", "已认证的村民"],
              ["guardians", "家长同意登记"],
            ]}
            onChange={(next) => open({ region, show: next === "" ? "waiting" : next })}
          />
        </label>
      </div>
      {show === "verified" ? <VerifiedList region={region} /> : null}
      {show === "waiting" ? <Queue region={region} /> : null}
      {show === "guardians" && village !== "" ? <Guardians village={village} /> : null}
      {show === "guardians" && village === "" ? <p role="status">请先在上面选一个村</p> : null}
    </div>
  );
}
