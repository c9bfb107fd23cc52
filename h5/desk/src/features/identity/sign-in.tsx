import { normalPhone } from "@weimenhu/domain/base/phone";
import { Alert, Button, Card, Checkbox, Form, Input } from "antd";
import { useEffect, useState } from "react";
import type { Me } from "../../frame/me.ts";
import { useAct, useAsk } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { ActTrouble, Trouble } from "../../ui/states.tsx";
import { PrivacyText } from "./privacy-text.tsx";

type Fields = { phone: string; code: string; consent: boolean };

/** Seconds until another code may be asked for. */
function useCountdown(): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}

export function SignIn({ enter, returning }: { enter: (me: Me) => void; returning: boolean }) {
  const about = useAsk("site.about", {});
  const requestCode = useAct("signIn.requestCode");
  const withCode = useAct("signIn.withCode");
  const [form] = Form.useForm<Fields>();
  const [left, setLeft] = useCountdown();
  const [reading, setReading] = useState(false);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const version = about.data?.privacyVersion;

  const sendCode = async () => {
    const { phone } = await form.validateFields(["phone", "consent"]);
    const number = normalPhone(phone);
    if (!number || !version) return;
    requestCode.mutate(
      { phone: number, consent: version },
      {
        onSuccess: ({ seconds }) => {
          setLeft(seconds);
          setSentTo(number);
          document.getElementById("code")?.focus();
        },
        onError: (error) => {
          if (refusedOf(error).word === "CODE_TOO_SOON") setSentTo(number);
        },
      },
    );
  };
  const finish = ({ phone, code }: Fields) => {
    const number = normalPhone(phone);
    if (!number || !version) return;
    withCode.mutate({ phone: number, code, consent: version, desk: true }, { onSuccess: ({ me }) => enter(me) });
  };

  if (about.error && !about.data) {
    return <Trouble error={about.error} again={() => void about.refetch()} busy={about.isFetching} />;
  }
  return (
    <Card>
      <div className="stack">
        <h1>{about.data?.name ?? "微门户"}工作台</h1>
        {returning ? (
          <Alert type="info" showIcon title="登录时间到了，请重新登录。刚才的页面和填写的内容都还在。" />
        ) : (
          <p className="hint">给村、镇、县工作人员使用，用登记过的手机号登录。</p>
        )}
        <Form<Fields>
          form={form}
          layout="vertical"
          requiredMark={false}
          validateTrigger="onBlur"
          initialValues={{ phone: "", code: "", consent: false }}
          onFinish={finish}
        >
          <Form.Item
            name="phone"
            label="手机号"
            rules={[
              {
                validator: (_rule, value: string) =>
                  normalPhone(value ?? "") ? Promise.resolve() : Promise.reject(new Error("请输入 11 位手机号")),
              },
            ]}
          >
            <Input inputMode="tel" autoComplete="tel" maxLength={20} autoFocus />
          </Form.Item>
          <div className="consent">
            <Form.Item
              name="consent"
              valuePropName="checked"
              rules={[
                {
                  validator: (_rule, value: boolean) =>
                    value ? Promise.resolve() : Promise.reject(new Error("请先阅读并同意《隐私保护说明》")),
                },
              ]}
            >
              <Checkbox>我已阅读并同意</Checkbox>
            </Form.Item>
            <Button type="link" onClick={() => setReading(true)}>
              《隐私保护说明》
            </Button>
          </div>
          <div className="line send">
            <Button
              onClick={() => void sendCode().catch(() => undefined)}
              disabled={left > 0 || !version}
              loading={requestCode.isPending}
            >
              {left > 0 ? `${left} 秒后可重新获取` : "获取验证码"}
            </Button>
            <span className="hint" role="status">
              {sentTo ? `验证码已发到 ${sentTo.slice(0, 3)}****${sentTo.slice(-4)}` : ""}
            </span>
          </div>
          <ActTrouble error={requestCode.error} />
          <Form.Item
            name="code"
            label="短信验证码"
            rules={[{ pattern: /^\d{6}$/, required: true, message: "请输入短信里的 6 位数字" }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
          </Form.Item>
          <div className="stack">
            <ActTrouble error={withCode.error} />
            <Button type="primary" htmlType="submit" block loading={withCode.isPending} disabled={!version}>
              登录
            </Button>
          </div>
        </Form>
      </div>
      <PrivacyText open={reading} close={() => setReading(false)} />
    </Card>
  );
}
