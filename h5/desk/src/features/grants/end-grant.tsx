import { roleName } from "@weimenhu/domain/identity/roles";
import { App } from "antd";
import { useAct } from "../../query.ts";
import type { Out } from "../../rpc.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";

export type Grant = Out<"grants.list">["items"][number];

export function EndGrant({ grant, close }: { grant: Grant; close: () => void }) {
  const { message } = App.useApp();
  const end = useAct("grants.end", ["grants.list"]);
  const done = () => {
    close();
    void message.success("已结束授权");
  };
  return (
    <ReasonDialog
      title={`结束 ${grant.person} 的“${grant.regionName}${roleName(grant)}”`}
      doWord="结束授权"
      busy={end.isPending}
      error={end.error}
      close={close}
      run={(reason) => end.mutate({ id: grant.id, reason }, { onSuccess: done })}
    >
      <p>结束后马上不能再用这个岗位办理。</p>
    </ReasonDialog>
  );
}
