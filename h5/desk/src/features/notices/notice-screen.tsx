import { useAsk } from "../../query.ts";
import { Shown } from "../../ui/states.tsx";
import { Reading } from "./reading.tsx";
import { Workbench } from "./workbench.tsx";

/** One notice: the writer's workbench while it may be changed, otherwise what there is to read and decide. */
export function NoticeScreen({ id, onBorn }: { id: string | null; onBorn: (id: string) => void }) {
  const query = useAsk("notices.deskGet", { id: id ?? "" }, id !== null);
  const notice = id === null ? null : (query.data ?? null);
  if (id === null || notice?.may.includes("edit")) return <Workbench notice={notice} onBorn={onBorn} />;
  return (
    <Shown
      isPending={query.isPending}
      error={query.error}
      again={() => void query.refetch()}
      busy={query.isFetching}
      empty={false}
    >
      {notice ? <Reading notice={notice} /> : null}
    </Shown>
  );
}
