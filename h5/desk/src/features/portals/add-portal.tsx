import { levelOf } from "@weimenhu/domain/base/region";
import { type NoticeCategory, noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { App, Form, Input, Modal } from "antd";
import { useState } from "react";
import { myRegions, useMe } from "../../frame/me.ts";
import { keeper } from "../../key.ts";
import { useAct } from "../../query.ts";
import { Choice } from "../../ui/choice.tsx";
import { focusField } from "../../ui/focus.ts";
import { RegionChoice } from "../../ui/region-choice.tsx";
import { ActTrouble } from "../../ui/states.tsx";

type Fields = { name: string; url: string; region: string; category: NoticeCategory; reach: "here" | "subtree" };

export function AddPortal({ close }: { close: () => void }) {
  const me = useMe();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const [keys] = useState(() => keeper());
  const add = useAct("portals.add", ["portals.list"]);
  const region = Form.useWatch("region", form) ?? "";
  const finish = (fields: Fields) => {
    const reach = levelOf(fields.region) === "village" ? "here" : fields.reach;
    const content = { ...fields, name: fields.name.trim(), url: fields.url.trim(), reach };
    add.mutate(
      { key: keys.keyFor(content), ...content },
      {
        onSuccess: () => {
          keys.settled();
          close();
          void message.success("已添加，正在取第一次");
        },
      },
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focusField}
      title="添加来源"
      onCancel={close}
      onOk={form.submit}
      okText="添加"
      cancelText="不加了"
      okButtonProps={{ loading: add.isPending }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: "", url: "", region: "", category: "", reach: "here" }}
        onFinish={finish}
      >
        <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: "请填写名称" }]}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="url"
          label="订阅网址（RSS、Atom 或 JSON，向对方网站的管理员要）"
          rules={[
            { required: true, pattern: /^\s*https?:\/\/\S+\s*$/i, message: "请填写 http:// 或 https:// 开头的网址" },
          ]}
        >
          <Input maxLength={2000} inputMode="url" />
        </Form.Item>
        <Form.Item name="region" label="放在哪里" rules={[{ required: true, message: "请选择地方" }]}>
          <RegionChoice tops={myRegions(me, "portals.manage")} />
        </Form.Item>
        {region !== "" && levelOf(region) !== "village" ? (
          <Form.Item name="reach" label="谁能看到">
            <Choice
              options={[
                ["here", "只在这里显示"],
                ["subtree", "下面各村镇都显示"],
              ]}
            />
          </Form.Item>
        ) : null}
        <Form.Item name="category" label="栏目" rules={[{ required: true, message: "请选择栏目" }]}>
          <Choice any="请选择" options={noticeCategoryKeys.map((key) => [key, noticeCategories[key]] as const)} />
        </Form.Item>
        <ActTrouble error={add.error} />
      </Form>
    </Modal>
  );
}
