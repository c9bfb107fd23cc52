import { useQuery } from "@tanstack/react-query";
import { Button, Card, Form, Input } from "antd";
import { useState } from "react";
import type { Me } from "../../frame/me.ts";
import { queries, useAct } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { act } from "../../rpc.ts";
import { ActTrouble, Shown } from "../../ui/states.tsx";
import { Qr } from "./qr.tsx";

/** The secret is made once and shown once; it is never kept after this screen. */
function Enrol() {
  const secret = useQuery({
    queryKey: ["signIn.enrol"],
    queryFn: async () => {
      try {
        return await act("signIn.enrol", {});
      } catch (error) {
        if (refusedOf(error).word === "TOTP_ALREADY") void queries.invalidateQueries({ queryKey: ["account.me"] });
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Shown
      isPending={secret.isPending}
      error={secret.error}
      again={() => void secret.refetch()}
      busy={secret.isFetching}
      empty={false}
    >
      <p>除了短信验证码，工作台还要一个动态口令，防止别人冒用您的账号。只绑定这一次。</p>
      <ol className="steps">
        <li>在手机上装一个“身份验证器”应用，应用商店里搜“身份验证器”。</li>
        <li>打开它，点“添加”或“＋”，扫下面的二维码。</li>
        <li>把它显示的 6 位数字填在最下面。</li>
      </ol>
      <Qr text={secret.data?.uri ?? ""} label="绑定动态口令的二维码" />
      <p className="hint">扫不了，或者正用这台手机办：在验证器里选“手动输入”，账户名写“微门户”，密钥填这一串。</p>
      <p className="mono secret">{secret.data?.secret.replace(/(.{4})(?=.)/g, "$1 ")}</p>
      <Copy text={secret.data?.secret ?? ""} />
    </Shown>
  );
}

function Copy({ text }: { text: string }) {
  const [done, setDone] = useState<"" | "已复制，请到验证器里粘贴" | "没有复制成，请照着上面输入">("");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setDone("已复制，请到验证器里粘贴"),
      () => setDone("没有复制成，请照着上面输入"),
    );
  return (
    <p className="line">
      <Button onClick={() => void copy()}>复制密钥</Button>
      <span className="hint" role="status">
        {done}
      </span>
    </p>
  );
}

export function SecondFactor({ me, enter, signOut }: { me: Me; enter: (me: Me) => void; signOut: () => void }) {
  const second = useAct("signIn.second");
  const [form] = Form.useForm<{ digits: string }>();
  return (
    <Card>
      <div className="stack">
        <h1>{me.enrolled ? "输入动态口令" : "绑定动态口令"}</h1>
        {me.enrolled ? <p className="hint">打开手机上的“身份验证器”，填写它现在显示的 6 位数字。</p> : <Enrol />}
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          validateTrigger="onBlur"
          onFinish={({ digits }: { digits: string }) =>
            second.mutate({ digits }, { onSuccess: (answer) => enter(answer.me), onError: () => form.resetFields() })
          }
        >
          <Form.Item
            name="digits"
            label="动态口令"
            rules={[{ pattern: /^\d{6}$/, required: true, message: "请输入 6 位数字" }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus={me.enrolled} />
          </Form.Item>
          <div className="stack">
            <ActTrouble error={second.error} />
            <Button type="primary" htmlType="submit" block loading={second.isPending}>
              进入工作台
            </Button>
            <Button type="text" block onClick={signOut}>
              换一个账号
            </Button>
            {me.enrolled ? (
              <p className="hint">换了手机、找不到口令了？请联系县里的安全管理员解除，再重新绑定。</p>
            ) : null}
          </div>
        </Form>
      </div>
    </Card>
  );
}
