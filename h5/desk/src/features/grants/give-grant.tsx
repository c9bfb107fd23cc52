import { normalPhone } from "@weimenhu/domain/base/phone";
import { roleName, roleNames } from "@weimenhu/domain/identity/roles";
import { type GrantedRole, grantedRoles } from "@weimenhu/domain/permissions";
import { App, Form, Input, Modal } from "antd";
import { fromField, now } from "../../clock.ts";
import { myRegions, useMe } from "../../frame/me.ts";
import { useAct } from "../../query.ts";
import { type Refused, refusedOf } from "../../refused.ts";
import { Choice } from "../../ui/choice.tsx";
import { RegionChoice, usePlaces } from "../../ui/region-choice.tsx";
import { ActTrouble } from "../../ui/states.tsx";

type Fields = { phone: string; name: string; role: GrantedRole; region: string; until: string };
/** As the server takes it: 2 to 20 Chinese characters, a middle dot within. */
export const isName = (name: string): boolean => /^\p{Script=Han}[\p{Script=Han}·]{0,18}\p{Script=Han}$/u.test(name);
const refuse = (words: string) => Promise.reject(new Error(words));

/** The post that the person holds already and that does not go with the new one. */
export function conflictOf({ word, details }: Refused): { role: GrantedRole | null; region: string } | null {
  if (word !== "ROLE_CONFLICT") return null;
  const role = grantedRoles.find((one) => one === details.role) ?? null;
  return { role, region: typeof details.region === "string" ? details.region : "" };
}

export function GiveGrant({ close }: { close: () => void }) {
  const me = useMe();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const give = useAct("grants.give", ["grants.list"]);
  const finish = ({ phone, name, role, region, until }: Fields) => {
    const end = until === "" ? null : fromField(until);
    give.mutate(
      { phone: normalPhone(phone) ?? phone, name: name.trim(), role, region, ...(end === null ? {} : { until: end }) },
      {
        onSuccess: () => {
          close();
          void message.success("已授权");
        },
      },
    );
  };
  const places = usePlaces(myRegions(me, "grants.manage"));
  const conflict = give.error === null ? null : conflictOf(refusedOf(give.error));
  const where = places.find((node) => node.code === conflict?.region)?.name ?? "";
  return (
    <Modal
      open
      title="授权"
      onCancel={close}
      onOk={form.submit}
      okText="授权"
      cancelText="不授了"
      okButtonProps={{ loading: give.isPending }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ phone: "", name: "", role: "", region: "", until: "" }}
        onFinish={finish}
      >
        <Form.Item
          name="phone"
          label="手机号"
          rules={[
            {
              validator: (_rule, value: string) =>
                normalPhone(value ?? "") ? Promise.resolve() : refuse("请输入 11 位手机号"),
            },
          ]}
        >
          <Input inputMode="tel" autoComplete="off" maxLength={20} />
        </Form.Item>
        <Form.Item
          name="name"
          label="姓名"
          extra="同事看到的称呼。填错了，同一岗位再授一次就能更正；已认证的村民用认证的姓名。"
          rules={[
            {
              validator: (_rule, value: string) =>
                isName((value ?? "").trim()) ? Promise.resolve() : refuse("请输入姓名，2 到 20 个汉字"),
            },
          ]}
        >
          <Input autoComplete="off" maxLength={20} />
        </Form.Item>
        <Form.Item name="role" label="岗位" rules={[{ required: true, message: "请选择岗位" }]}>
          <Choice
            any="请选择"
            options={grantedRoles.map(
              (role) => [role, role === "clerk" ? "村、镇或县工作人员" : roleNames[role]] as const,
            )}
          />
        </Form.Item>
        <Form.Item name="region" label="地方" rules={[{ required: true, message: "请选择地方" }]}>
          <RegionChoice tops={myRegions(me, "grants.manage")} />
        </Form.Item>
        <Form.Item
          name="until"
          label="到期时间"
          extra="新授的岗位，不填就一直有效；已经有的岗位，不填就不改。要改成一直有效，先结束再授。"
          rules={[
            {
              validator: (_rule, value: string) =>
                value === "" || (fromField(value) ?? 0) > now() ? Promise.resolve() : refuse("请选择一个以后的时间"),
            },
          ]}
        >
          <Input type="datetime-local" />
        </Form.Item>
        <ActTrouble error={give.error} />
        {conflict ? (
          <p className="hint">
            {conflict.role ? `对方现在是${where}${roleName({ role: conflict.role, region: conflict.region })}。` : ""}
            村监委不能是同一个地方的村委会委员或村书记；系统、安全、审计三类管理员要由三个人担任。请先结束对方原来的岗位，或另选一人。
          </p>
        ) : null}
      </Form>
    </Modal>
  );
}
