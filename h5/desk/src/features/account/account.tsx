import { DownloadOutlined } from "@ant-design/icons";
import type { Channel } from "@weimenhu/domain/identity/channel";
import { roleName } from "@weimenhu/domain/identity/roles";
import { App, Button, Descriptions, Modal } from "antd";
import { useState } from "react";
import { now, timeWords } from "../../clock.ts";
import { useMe } from "../../frame/me.ts";
import { queries, useAct, useAsk } from "../../query.ts";
import { refusedOf } from "../../refused.ts";
import { ask, type Out } from "../../rpc.ts";
import { Mark } from "../../ui/mark.tsx";
import { ActTrouble, PageHead, Shown } from "../../ui/states.tsx";
import { Sheet } from "../../ui/table.tsx";
import { CloseAccount } from "./close-account.tsx";

type Session = Out<"account.sessions">["items"][number];
const channelNames: Record<Channel, string> = { weapp: "微信", alipay: "支付宝", web: "网页", desk: "工作台" };

function EndSession({ session }: { session: Session }) {
  const { message } = App.useApp();
  const end = useAct("account.endSession", ["account.sessions"]);
  const [asked, setAsked] = useState(false);
  if (session.current) return <Mark tone="good">正在用的</Mark>;
  const run = () =>
    end.mutate(
      { id: session.id },
      {
        onSuccess: () => void message.success("那台设备已退出"),
        // It has ended by itself meanwhile: the list says so.
        onError: (error) => {
          if (refusedOf(error).word === "NOT_FOUND") void queries.invalidateQueries({ queryKey: ["account.sessions"] });
        },
      },
    );
  return (
    <>
      <Button aria-label={`让 ${session.device} 退出`} onClick={() => setAsked(true)}>
        让它退出
      </Button>
      <Modal
        open={asked}
        title="让这台设备退出"
        onCancel={() => setAsked(false)}
        onOk={run}
        okText="确定退出"
        cancelText="先不退"
        okButtonProps={{ loading: end.isPending }}
      >
        <div className="stack">
          <p>“{session.device}”要重新登录才能用您的账号。</p>
          <ActTrouble error={end.error} />
        </div>
      </Modal>
    </>
  );
}

const columns = (at: number) => [
  { title: "从哪里", render: (_: unknown, one: Session) => channelNames[one.channel] },
  { title: "设备", render: (_: unknown, one: Session) => one.device },
  {
    title: "登录",
    render: (_: unknown, one: Session) => <span className="nowrap">{timeWords(one.createdAt, at)}</span>,
  },
  {
    title: "最近使用",
    render: (_: unknown, one: Session) => <span className="nowrap">{timeWords(one.seenAt, at)}</span>,
  },
  { title: "办理", render: (_: unknown, one: Session) => <EndSession session={one} /> },
];

/** Hands the text to the browser as a file; nothing of it stays in the page. */
function saveAs(filename: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = filename;
  link.click();
  URL.revokeObjectURL(url);
}

function ExportData() {
  const [state, setState] = useState<{ busy: boolean; error: unknown }>({ busy: false, error: null });
  const run = async () => {
    setState({ busy: true, error: null });
    try {
      const file = await ask("account.export", {});
      saveAs(file.filename, file.json);
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} loading={state.busy} onClick={() => void run()}>
        导出我的资料
      </Button>
      <ActTrouble error={state.error} />
    </>
  );
}

export default function AccountPage() {
  const me = useMe();
  const sessions = useAsk("account.sessions", {});
  const items = sessions.data?.items ?? [];
  return (
    <div className="stack">
      <PageHead title="我的账号">
        <ExportData />
      </PageHead>
      <section className="card" aria-label="我">
        <Descriptions
          column={1}
          items={[
            { key: "name", label: "姓名", children: me.staffName ?? me.name ?? "—" },
            { key: "phone", label: "手机号", children: me.phone ?? "—" },
            {
              key: "roles",
              label: "岗位",
              children: me.roles.map((role) => `${role.regionName} · ${roleName(role)}`).join("；") || "—",
            },
          ]}
        />
      </section>
      <div>
        <h2>登录的设备</h2>
        <p className="hint">不认得的设备，请让它退出。</p>
      </div>
      <Shown
        isPending={sessions.isPending}
        error={sessions.error}
        again={() => void sessions.refetch()}
        busy={sessions.isFetching}
        empty={items.length === 0 && "没有登录的设备"}
      >
        <Sheet label="登录的设备" rows={items} keyOf={(one: Session) => one.id} columns={columns(now())} />
      </Shown>
      <CloseAccount />
    </div>
  );
}
