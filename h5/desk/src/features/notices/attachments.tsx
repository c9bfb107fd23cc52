import { DeleteOutlined, PaperClipOutlined } from "@ant-design/icons";
import { mediaLimits } from "@weimenhu/contract/media";
import { Button } from "antd";
import { useRef } from "react";
import { UploadState, useUpload } from "../../ui/uploading.tsx";
import { sizeWords } from "../../upload.ts";
import type { Attachment } from "./draft.ts";

const most = 20;

export function AttachmentField({ files, onChange }: { files: Attachment[]; onChange: (files: Attachment[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const uploading = useUpload("any", (stored) => {
    if (files.some((file) => file.id === stored.id)) return;
    onChange([...files, { id: stored.id, name: stored.name, url: stored.url, bytes: stored.bytes, kind: stored.kind }]);
  });
  return (
    <section className="card stack" aria-label="附件">
      <div className="line between">
        <h2>附件</h2>
        <Button
          icon={<PaperClipOutlined aria-hidden />}
          disabled={files.length >= most || uploading.busy}
          onClick={() => input.current?.click()}
        >
          添加附件
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        hidden
        accept={mediaLimits.kinds.map((kind) => `.${kind}`).join(",")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) uploading.start(file);
        }}
      />
      <UploadState uploading={uploading} />
      {files.length === 0 ? (
        <p className="hint">没有附件。每个不超过 20 MB，最多 {most} 个。</p>
      ) : (
        <ul className="tiles">
          {files.map((file) => (
            <li key={file.id} className="line between">
              <a href={file.url} target="_blank" rel="noopener">
                {file.name}（{sizeWords(file.bytes)}）
              </a>
              <Button
                icon={<DeleteOutlined aria-hidden />}
                aria-label={`去掉附件 ${file.name}`}
                onClick={() => onChange(files.filter((one) => one.id !== file.id))}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
