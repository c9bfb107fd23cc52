import { Button, Modal } from "antd";
import { BodyView } from "../../body/view.tsx";
import { useAsk } from "../../query.ts";
import { Shown } from "../../ui/states.tsx";

export function PrivacyText({ open, close }: { open: boolean; close: () => void }) {
  const text = useAsk("site.document", { name: "privacy" }, open);
  return (
    <Modal
      open={open}
      onCancel={close}
      width={720}
      title={text.data?.title ?? "隐私保护说明"}
      footer={<Button onClick={close}>看完了</Button>}
    >
      <Shown
        isPending={text.isPending}
        error={text.error}
        again={() => void text.refetch()}
        busy={text.isFetching}
        empty={false}
      >
        <BodyView body={text.data?.body ?? []} />
      </Shown>
    </Modal>
  );
}
