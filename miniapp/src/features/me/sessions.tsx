import { useState } from "react";
import { type Fault, isWord } from "../../fault.ts";
import { outdate } from "../../hooks/kept.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { act, faultIn } from "../../rpc.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Section, Stack } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { Confirm } from "../../ui/sheet.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, FaultNote } from "../../ui/states.tsx";
import { Note, Para, Tag } from "../../ui/words.tsx";
import type { OutputOf } from "../../wire.ts";
import { SignOut } from "./sign-out.tsx";

type Device = OutputOf<"account.sessions">["items"][number];

/** Where I am signed in; another device can be signed out from here. */
export default function Sessions() {
  return (
    <Page title="登录设备">
      <SignedInOnly>{() => <Devices />}</SignedInOnly>
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

type Ended = { busy: boolean; done: number; left: number; fault: Fault | null };
const idle: Ended = { busy: false, done: 0, left: 0, fault: null };

/** Signs devices out side by side, so that one that fails keeps no other in. One that is gone already counts as done. */
async function endAll(devices: Device[]): Promise<Ended> {
  const faults = await Promise.all(
    devices.map(({ id }) =>
      act("account.endSession", { id }).then(
        () => null,
        (error: unknown) => faultIn(error),
      ),
    ),
  );
  const left = faults.filter((fault): fault is Fault => fault !== null && !isWord(fault, "NOT_FOUND"));
  return { busy: false, done: devices.length - left.length, left: left.length, fault: left[0] ?? null };
}

function Others({ devices, onEnded }: { devices: Device[]; onEnded: () => void }) {
  const [ended, setEnded] = useState(idle);
  const [asked, setAsked] = useState<Device[] | null>(null);
  const run = async () => {
    setEnded({ ...idle, busy: true });
    setEnded(await endAll(asked ?? []));
    setAsked(null);
    outdate("account.");
    onEnded();
  };
  const [first] = asked ?? [];
  return (
    <Section title="其他设备">
      <Stack gap={3}>
        {ended.done > 0 ? (
          <Note live tone="pine">
            {`已退出 ${ended.done} 台`}
          </Note>
        ) : null}
        {ended.left > 0 ? (
          <Note live tone="rice">
            {`还有 ${ended.left} 台没有退出，请再试一次`}
          </Note>
        ) : null}
        <FaultNote fault={ended.fault} />
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
        busy={ended.busy}
        onDo={run}
        onClose={() => setAsked(null)}
      />
    </Section>
  );
}
