import { noticeCategories } from "@weimenhu/domain/notices/category";
import { Button, Modal } from "antd";
import { useState } from "react";
import { BodyView } from "../../body/view.tsx";
import { now, timeWords } from "../../clock.ts";
import { sizeWords } from "../../upload.ts";
import type { Words } from "./draft.ts";

type Shown = Pick<Words, "title" | "category" | "body" | "attachments">;

type PhoneProps = {
  shown: Shown;
  edition: "normal" | "elder";
  place: string;
  publishedAt: number | null;
  label: string;
};
function Phone({ shown, edition, place, publishedAt, label }: PhoneProps) {
  const at = now();
  const name = edition === "elder" ? "长辈版" : "标准版";
  return (
    <figure className={`phone ${edition}`}>
      <figcaption>{name}</figcaption>
      <section className="phone-screen" aria-label={`${name}${label}`} tabIndex={0}>
        <article>
          <h3 className="phone-title">{shown.title.trim() === "" ? "（还没有标题）" : shown.title}</h3>
          <p className="phone-meta">
            {[place, shown.category === "" ? "" : noticeCategories[shown.category], timeWords(publishedAt ?? at, at)]
              .filter(Boolean)
              .join(" · ")}
          </p>
          {shown.body.length === 0 ? <p className="phone-meta">（还没有正文）</p> : <BodyView body={shown.body} />}
          {shown.attachments.length > 0 ? (
            <ul className="phone-files">
              {shown.attachments.map((file) => (
                <li key={file.id}>
                  附件：
                  <a href={file.url} target="_blank" rel="noopener">
                    {file.name}（{sizeWords(file.bytes)}）
                  </a>
                </li>
              ))}
            </ul>
          ) : null}
        </article>
      </section>
    </figure>
  );
}

type PreviewProps = {
  shown: Shown;
  place: string;
  /** Null while it is not published: then it would be published now. */
  publishedAt: number | null;
};

/** Both editions side by side: what a villager will read, at the width of a phone. */
export function Preview({ shown, place, publishedAt }: PreviewProps) {
  const [large, setLarge] = useState(false);
  const both = (label: string) => (
    <>
      <Phone shown={shown} edition="normal" place={place} publishedAt={publishedAt} label={label} />
      <Phone shown={shown} edition="elder" place={place} publishedAt={publishedAt} label={label} />
    </>
  );
  return (
    <section className="card" aria-label="预览">
      <div className="line between">
        <h2>预览</h2>
        <Button onClick={() => setLarge(true)}>原大查看</Button>
      </div>
      <div className="phones small">{both("预览")}</div>
      <Modal open={large} width={876} title="预览" footer={null} onCancel={() => setLarge(false)}>
        <div className="phones">{both("原大预览")}</div>
      </Modal>
    </section>
  );
}
