import { useAsk } from "../../query.ts";
import { Shown } from "../../ui/states.tsx";
import { Reading } from "./reading.tsx";
import { Workbench } from "./workbench.tsx";

/** One notice: the writer's workbench while it may be changed, otherwise what there is to read and decide. */
export function NoticeScreen({ id, onBorn }: { id: string | null; onBorn: (id: string) => void }) {
  const query = useAsk("notices.deskGet", { id: id ?? "" }, id !== null);
  const notice = id === null ? null : (query.data ?? null);
  // A new notice begins with its place filled in when there is only one: the places have to be known first.
  const tree = useAsk("regions.tree", {});
  if (tree.data && (id === null || notice?.may.includes("edit"))) return <Workbench notice={notice} onBorn={onBorn} />;
  return (
    <Shown
      isPending={tree.isPending || query.isPending}
      error={tree.error ?? query.error}
      again={() => {
        void tree.refetch();
        if (id !== null) void query.refetch();
      }}
      busy={tree.isFetching || query.isFetching}
      empty={false}
    >
      {notice ? <Reading notice={notice} /> : null}
    </Shown>
  );
}
