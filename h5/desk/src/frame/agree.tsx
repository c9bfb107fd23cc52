import { Button, Modal } from "antd";
import { useState } from "react";
import { PrivacyText } from "../features/identity/privacy-text.tsx";
import { queries, useAct, useAsk } from "../query.ts";
import { ActTrouble } from "../ui/states.tsx";
import { useMe } from "./me.ts";

/** A newer privacy text, for whoever signed in under an earlier one: asked once each time the desk is opened; put off, it stays one press away. */
export function Agree() {
  const { consented } = useMe();
  const about = useAsk("site.about", {});
  const agree = useAct("account.consent");
  const [later, setLater] = useState(false);
  const [reading, setReading] = useState(false);
  const version = about.data?.privacyVersion;
  const news = about.data?.privacyNews;
  const run = () => {
    if (version === undefined) return;
    agree.mutate({ version }, { onSuccess: () => void queries.invalidateQueries({ queryKey: ["account.me"] }) });
  };
  return (
    <>
      {later && !consented ? <Button onClick={() => setLater(false)}>隐私说明有更新</Button> : null}
      <Modal
        open={!consented && !later}
        title="《隐私保护说明》有更新"
        onCancel={() => setLater(true)}
        footer={
          <>
            <Button onClick={() => setLater(true)}>以后再说</Button>
            <Button type="primary" disabled={version === undefined} loading={agree.isPending} onClick={run}>
              同意
            </Button>
          </>
        }
      >
        <div className="stack">
          {news ? <p>这次改了：{news}</p> : null}
          <p>
            <Button onClick={() => setReading(true)}>看《隐私保护说明》</Button>
          </p>
          <p>不同意也能照常看。答复、办理、上传文件，要先同意。</p>
          <ActTrouble error={agree.error} />
        </div>
      </Modal>
      <PrivacyText open={reading} close={() => setReading(false)} />
    </>
  );
}
