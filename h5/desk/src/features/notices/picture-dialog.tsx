import type { Editor } from "@tiptap/react";
import { Button, Modal } from "antd";
import { useRef, useState } from "react";
import { UploadState, useUpload } from "../../ui/uploading.tsx";

/** Where the table ends in which the cursor stands: a picture put into one would cut it in two. */
function afterTable(editor: Editor): number | null {
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type.name === "table") return $from.after(depth);
  }
  return null;
}

type PictureProps = { editor: Editor; first: File | null; close: () => void };
/** A picture comes with words for those who do not see it. */
export function PictureDialog({ editor, first, close }: PictureProps) {
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState(first);
  const [alt, setAlt] = useState("");
  const uploading = useUpload("picture", (stored) => {
    const size = {
      ...(stored.width ? { width: stored.width } : {}),
      ...(stored.height ? { height: stored.height } : {}),
    };
    const attrs = { src: stored.url, alt: alt.trim(), ...size };
    const after = afterTable(editor);
    const at = editor.chain().focus();
    (after === null ? at.setImage(attrs) : at.insertContentAt(after, { type: "image", attrs })).run();
    close();
  });
  return (
    <Modal
      open
      title="插入图片"
      onCancel={close}
      onOk={() => file && uploading.start(file)}
      okText="上传并插入"
      cancelText="不插了"
      okButtonProps={{ disabled: !file, loading: uploading.busy }}
    >
      <div className="stack">
        <div className="line">
          <Button onClick={() => input.current?.click()}>选择图片</Button>
          <span>{file?.name ?? "jpg、png、webp 或 gif，不超过 10 MB"}</span>
        </div>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp,image/gif"
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <label className="field">
          图片里有什么（读给看不清的人听）
          <input value={alt} maxLength={200} onChange={(event) => setAlt(event.target.value)} />
        </label>
        <UploadState uploading={uploading} />
      </div>
    </Modal>
  );
}
