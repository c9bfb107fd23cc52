import { App } from "antd";
import { useAct } from "../../query.ts";
import { ReasonDialog } from "../../ui/reason-dialog.tsx";
import type { Grant } from "./end-grant.tsx";

/** For a colleague who lost the phone with the authenticator. */
export function RemoveSecond({ grant, close }: { grant: Grant; close: () => void }) {
  const { message } = App.useApp();
  const remove = useAct("grants.removeSecond", ["grants.list"]);
  const done = () => {
    close();
    void message.success("已解除动态口令");
  };
  return (
    <ReasonDialog
      title={`解除 ${grant.person} 的动态口令`}
      doWord="解除动态口令"
      busy={remove.isPending}
      error={remove.error}
      close={close}
      run={(reason) => remove.mutate({ id: grant.id, reason }, { onSuccess: done })}
    >
      <p>手机丢了、换了，打不开动态口令时才解除。请先当面确认是本人，手机卡丢了的先挂失。</p>
      <p>解除后，对方在所有设备上的登录马上退出，要用手机号和验证码重新登录，再绑定。</p>
    </ReasonDialog>
  );
}
