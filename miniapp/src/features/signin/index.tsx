import { useEffect, useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useAgree } from "../../hooks/use-agree.ts";
import { hostApp } from "../../platform/hop.ts";
import { signsInWith } from "../../platform/login.ts";
import { finish, to } from "../../platform/navigate.ts";
import { useSession } from "../../session.ts";
import { AgreeWords, agreeTitle } from "../../ui/agree-sheet.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { Skeleton } from "../../ui/states.tsx";
import { Heading, Para } from "../../ui/words.tsx";
import { wantNothing } from "../../wanted.ts";
import type { Me, SignedIn } from "../../wire.ts";
import { afterSignIn } from "./after.ts";
import { HopSignIn, PlatformSignIn, useOff } from "./by-platform.tsx";
import { CodeForm } from "./code-form.tsx";
import { PrivacyConsent, useConsent } from "./consent.tsx";

export default function SignIn() {
  const { me, state } = useSession();
  // Left without signing in, what was to follow it is not wanted any more. (Over another site's page nothing unmounts.)
  useEffect(() => wantNothing, []);
  return (
    <Page title="登录">
      {state === "asking" ? <Skeleton rows={4} /> : null}
      {state === "lost" ? <SignedInOnly>{() => null}</SignedInOnly> : null}
      {state === "out" ? <Ways /> : null}
      {me === null ? null : <Already me={me} />}
    </Page>
  );
}

function Why() {
  return (
    <Section title="登录以后可以">
      <List>
        <Row icon="map-pin" title="关注村子" under="家乡村、住的村都能看，一点就换" />
        <Row icon="badge-check" title="认证村民" under="村里核对过是本村人，办村里的事用得上" />
        <Row icon="smartphone" title="换手机接着用" under="微信、支付宝、网页是同一个账号" />
      </List>
    </Section>
  );
}

/** One main way for this platform; the code by message is always the other. */
function Ways() {
  const consent = useConsent();
  const host = hostApp();
  const app = host ?? (signsInWith === "code" ? null : signsInWith);
  const off = useOff(app ?? "wechat", host !== null);
  // A way that the county does without is not there at all.
  const first = off ? null : app;
  const [byCode, setByCode] = useState(false);
  const enter = useAct("signIn.withCode");
  const switchWay = () => {
    setByCode(!byCode);
    // What was missing there is not missing here yet.
    consent.set(consent.agreed);
  };
  const done = (answer: SignedIn) => afterSignIn(answer, consent.version);
  return (
    <Stack>
      <Why />
      <Card>
        {byCode || first === null ? (
          <CodeForm consent={consent} proof={enter} doWord="登录" onDone={done}>
            <PrivacyConsent consent={consent} />
          </CodeForm>
        ) : (
          <Stack>
            <PrivacyConsent consent={consent} />
            {host ? (
              <HopSignIn app={host} consent={consent} />
            ) : (
              <PlatformSignIn app={first} consent={consent} onDone={done} />
            )}
          </Stack>
        )}
      </Card>
      {first === null ? null : (
        <Button kind="plain" onTap={switchWay}>
          {byCode ? "换回一键登录" : "用手机号和验证码登录"}
        </Button>
      )}
      <Para size="small">看公告不用登录。不登录也能照常看。</Para>
    </Stack>
  );
}

/** Signed in already: a newer privacy text is agreed to here; otherwise there is nothing to do. */
function Already({ me }: { me: Me }) {
  const agreeing = useAgree();
  if (me.consented) {
    return (
      <Card>
        <Stack>
          <Heading level={2}>您已经登录</Heading>
          <Para>{me.phone ? `手机号 ${me.phone}` : "还没有验证手机号"}</Para>
          <Button kind="primary" to={me.phone ? to("me") : to("phone")} replace>
            {me.phone ? "看我的" : "验证手机号"}
          </Button>
        </Stack>
      </Card>
    );
  }
  const agree = async () => {
    if (await agreeing.agree()) finish();
  };
  return (
    <Card>
      <Stack>
        <Heading level={2}>{agreeTitle}</Heading>
        <AgreeWords agreeing={agreeing} />
        <Button kind="primary" busy={agreeing.busy} onTap={agree}>
          同意
        </Button>
      </Stack>
    </Card>
  );
}
