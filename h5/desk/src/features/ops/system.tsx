import { App, Button } from "antd";
import { now, timeWords } from "../../clock.ts";
import { type ItemOf, useAct, usePages, useSought } from "../../query.ts";
import { usePlace } from "../../route.tsx";
import { ActTrouble, PageHead } from "../../ui/states.tsx";
import { PagedSheet } from "../../ui/table.tsx";

type Dead = ItemOf<"ops.deadLetters">;

function Redrive({ letter }: { letter: Dead }) {
  const { message } = App.useApp();
  const redrive = useAct("ops.redrive", ["ops.deadLetters"]);
  return (
    <div className="stack tight">
      <Button
        aria-label={`重新办理 ${letter.kind}`}
        loading={redrive.isPending}
        onClick={() =>
          redrive.mutate({ id: letter.id }, { onSuccess: () => void message.success("已重新排队，马上再办一次") })
        }
      >
        重新办理
      </Button>
      <ActTrouble error={redrive.error} />
    </div>
  );
}

const columns = (at: number) => [
  { title: "任务", render: (_: unknown, letter: Dead) => <span className="mono">{letter.kind}</span> },
  { title: "试过", render: (_: unknown, letter: Dead) => <span className="nowrap">{letter.tries} 次</span> },
  { title: "最后的错误", render: (_: unknown, letter: Dead) => <span className="mono">{letter.error}</span> },
  {
    title: "开始",
    render: (_: unknown, letter: Dead) => <span className="nowrap">{timeWords(letter.createdAt, at)}</span>,
  },
  {
    title: "停下",
    render: (_: unknown, letter: Dead) => <span className="nowrap">{timeWords(letter.diedAt, at)}</span>,
  },
  { title: "办理", render: (_: unknown, letter: Dead) => <Redrive letter={letter} /> },
];

export default function SystemPage() {
  const pages = usePages("ops.deadLetters", { limit: 20 });
  const sought = usePlace().query.get("id");
  useSought(pages, (letter) => letter.id, sought);
  return (
    <div className="stack">
      <PageHead title="系统" hint="后台任务试了多次没有办成，就停在这里。对方恢复后可以重新办理，不会重复。" />
      <PagedSheet<Dead>
        label="没有办成的后台任务"
        pages={pages}
        columns={columns(now())}
        keyOf={(letter) => letter.id}
        sought={sought}
        empty="没有停下的后台任务"
      />
    </div>
  );
}
