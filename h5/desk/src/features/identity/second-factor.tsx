import { useQuery } from "@tanstack/react-query";
import { Button, Card, Form, Input } from "antd";
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
      <p>第一次登录要绑定动态口令：用手机上的动态口令软件扫描二维码，再填它显示的 6 位数字。</p>
      <Qr text={secret.data?.uri ?? ""} label="绑定动态口令的二维码" />
      <p className="hint">扫不了时，在软件里手工输入这串密钥：</p>
      <p className="mono secret">{secret.data?.secret.replace(/(.{4})(?=.)/g, "$1 ")}</p>
    </Shown>
  );
}

export function SecondFactor({ me, enter, signOut }: { me: Me; enter: (me: Me) => void; signOut: () => void }) {
  const second = useAct("signIn.second");
  const [form] = Form.useForm<{ digits: string }>();
  return (
    <Card>
      <div className="stack">
        <h1>{me.enrolled ? "输入动态口令" : "绑定动态口令"}</h1>
        {me.enrolled ? <p className="hint">打开手机上的动态口令软件，填写它现在显示的 6 位数字。</p> : <Enrol />}
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
          </div>
        </Form>
      </div>
    </Card>
  );
}
