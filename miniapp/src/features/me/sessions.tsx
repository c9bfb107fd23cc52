import { useState } from "react";
import { isWord } from "../../fault.ts";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Section, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { Confirm } from "../../ui/sheet.tsx";
import { AnswerView, FaultNote, FaultView, Skeleton } from "../../ui/states.tsx";
import { Note, Para, Tag } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";
import { SignOut } from "./sign-out.tsx";

type Device = OutputOf<"account.sessions">["items"][number];
const signInFirst = { kind: "refused", word: "SIGN_IN_FIRST", zh: "请先登录", details: {} } as const;

/** Where I am signed in; another device can be signed out from here. */
export default function Sessions() {
  const { me, state } = useSession();
  return (
    <Page title="登录设备">
      {state === "asking" ? (
        <Skeleton rows={3} />
      ) : me === null ? (
        <Card>
          <FaultView fault={signInFirst} />
        </Card>
      ) : (
        <Devices />
      )}
    </Page>
  );
}

function Devices() {
  const answer = useAsk("account.sessions", {}, { freshMs: 0 });
  return (
    <Stack>
      <AnswerView answer={answer}>
        {({ items }) => (
          <Stack>
            {items
              .filter(({ current }) => current)
              .map((device) => (
                <Section key={device.id} title="这台设备">
                  <List>
                    <DeviceRow device={device} />
                  </List>
                </Section>
              ))}
            <Others devices={items.filter(({ current }) => !current)} onEnded={answer.retry} />
          </Stack>
        )}
      </AnswerView>
      <SignOut />
    </Stack>
  );
}

const channelWords: Record<Device["channel"], string> = {
  weapp: "微信小程序",
  alipay: "支付宝小程序",
  web: "网页",
  desk: "电脑工作台",
};

/** The device's label names the channel too where it is a mini-program: it is not said twice. */
function DeviceRow({ device, onEnd }: { device: Device; onEnd?: () => void }) {
  const channel = channelWords[device.channel];
  const name = device.device.includes(channel) ? device.device : `${device.device}（${channel}）`;
  return (
    <Box class="row">
      <Box class="grow">
        <Stack gap={2}>
          <Box class="t-strong">{name}</Box>
          <Para size="small">{`${dateText(device.createdAt)} 登录`}</Para>
          <Para size="small">{`${dateText(device.seenAt)} 用过`}</Para>
          {onEnd ? (
            <Button small icon="log-out" label={`让它退出：${name}`} onTap={onEnd}>
              让它退出
            </Button>
          ) : (
            <Tag tone="pine" icon="check">
              正在用
            </Tag>
          )}
        </Stack>
      </Box>
    </Box>
  );
}

function Others({ devices, onEnded }: { devices: Device[]; onEnded: () => void }) {
  const end = useAct("account.endSession");
  const [asked, setAsked] = useState<Device[] | null>(null);
  const [ended, setEnded] = useState(false);
  const run = async () => {
    for (const { id } of asked ?? []) {
      const done = await end.run({ id });
      if (done === null) break;
      setEnded(true);
    }
    setAsked(null);
    outdate("account.");
    onEnded();
  };
  const [first] = asked ?? [];
  return (
    <Section title="其他设备">
      <Stack gap={3}>
        {ended && end.fault === null ? (
          <Note live tone="pine">
            已退出
          </Note>
        ) : null}
        {/* One that ended by itself meanwhile is gone from the fresh list. */}
        <FaultNote fault={isWord(end.fault, "NOT_FOUND") ? null : end.fault} />
        {devices.length === 0 ? (
          <Card>
            <Para>没有在别的设备上登录。</Para>
          </Card>
        ) : (
          <List label="其他设备">
            {devices.map((device) => (
              <DeviceRow key={device.id} device={device} onEnd={() => setAsked([device])} />
            ))}
          </List>
        )}
        {devices.length > 1 ? <Button onTap={() => setAsked(devices)}>其他设备全部退出</Button> : null}
        <Para size="small">不认得的设备，请让它退出。</Para>
      </Stack>
      <Confirm
        open={asked !== null}
        title={asked !== null && asked.length > 1 ? "其他设备全部退出" : "让这台设备退出"}
        words={
          <Para>
            {asked !== null && asked.length > 1
              ? `这 ${asked.length} 台设备要重新登录才能用您的账号。`
              : `${first?.device ?? ""} 要重新登录才能用您的账号。`}
          </Para>
        }
        doWord="确定退出"
        busy={end.busy}
        onDo={run}
        onClose={() => setAsked(null)}
      />
    </Section>
  );
}
