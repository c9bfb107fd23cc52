import { noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { go, to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Section, Stack } from "../../ui/card.tsx";
import { AreaField, PickField, TextField } from "../../ui/field.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { DeskNotice, NoticeCard } from "../../wire.ts";
import { PhotoGrid } from "./photo-grid.tsx";
import { usePhotos } from "./photos.ts";
import { Preview } from "./preview.tsx";
import { useKeepTyped } from "./typed-draft.ts";
import { bodyOf } from "./words-body.ts";

export type Start = {
  title: string;
  text: string;
  pictures: string[];
  category: NoticeCard["category"];
  region: string;
};
type Saved = Pick<DeskNotice, "id" | "version">;

export function ComposeForm(props: { regions: [string, string][]; start: Start; notice: DeskNotice | null }) {
  const { start, regions } = props;
  const [title, setTitle] = useState(start.title);
  const [text, setText] = useState(start.text);
  const [category, setCategory] = useState(start.category);
  const [region, setRegion] = useState(start.region);
  const [checked, setChecked] = useState(false);
  const [preview, setPreview] = useState(false);
  const photos = usePhotos(start.pictures.map((url) => ({ url })));
  const sending = useSubmit(props.notice);
  const forgetTyped = useKeepTyped({ title, text, category, region }, props.notice === null);

  const urls = photos.photos.flatMap(({ url }) => (url === null ? [] : [url]));
  const body = bodyOf({ text, pictures: urls });
  const waiting = photos.photos.some(({ state }) => state !== "sent");
  const wrong = { title: title.trim().length < 2, body: body.length === 0, photos: waiting };
  const submit = async () => {
    setChecked(true);
    if (wrong.title || wrong.body || wrong.photos) return;
    const id = await sending.submit({ title: title.trim(), category, body, region });
    if (id === null) return;
    if (props.notice === null) forgetTyped();
    outdate("notices.");
    go(to("deskNotice", { id }), "replace");
  };

  return (
    <Stack>
      {regions.length > 1 && props.notice === null ? (
        <PickField
          label="发在哪里"
          options={regions.map(([, name]) => name)}
          at={regions.findIndex(([code]) => code === region)}
          onChange={(i) => setRegion(regions[i]?.[0] ?? region)}
        />
      ) : null}
      <TextField
        label="标题"
        value={title}
        onChange={setTitle}
        maxLength={100}
        error={checked && wrong.title ? "请写标题，至少 2 个字" : null}
      />
      <PickField
        label="分类"
        options={noticeCategoryKeys.map((key) => noticeCategories[key])}
        at={noticeCategoryKeys.indexOf(category)}
        onChange={(i) => setCategory(noticeCategoryKeys[i] ?? category)}
      />
      <AreaField
        label="内容"
        hint="写清什么事、什么时候、在哪里、找谁。空一行就是新的一段"
        value={text}
        onChange={setText}
        maxLength={5000}
        error={checked && wrong.body ? "请写几句话，或加照片" : null}
      />
      <Section title="照片">
        <PhotoGrid
          photos={photos.photos}
          full={photos.full}
          onAdd={photos.add}
          onRemove={photos.remove}
          onSend={photos.send}
        />
      </Section>
      {checked && wrong.photos ? <Note tone="rice">照片还没有传好，请稍等或移除</Note> : null}
      <FaultNote fault={sending.fault} onRetry={submit} />
      <Button icon="eye" onTap={() => setPreview(true)}>
        先看看发出来的样子
      </Button>
      <Button kind="primary" icon="send" busy={sending.busy} busyText="正在提交…" onTap={submit}>
        提交审核
      </Button>
      <Preview open={preview} onClose={() => setPreview(false)} title={title} category={category} body={body} />
    </Stack>
  );
}

type Words = { title: string; category: NoticeCard["category"]; body: DeskNotice["body"]; region: string };

/** Draft, then submit. When only the second step fails, trying again saves over the same draft and submits that. */
function useSubmit(notice: DeskNotice | null) {
  const draft = useAct("notices.draft", true);
  const save = useAct("notices.save");
  const move = useAct("notices.move");
  const [saved, setSaved] = useState<Saved | null>(notice);
  const submit = async ({ region, ...words }: Words): Promise<string | null> => {
    const stored =
      saved === null
        ? await draft.run({ ...words, region })
        : await save.run({ id: saved.id, version: saved.version, ...words });
    if (stored === null) return null;
    setSaved(stored);
    const moved = await move.run({ id: stored.id, version: stored.version, move: "submit" });
    return moved?.id ?? null;
  };
  return {
    submit,
    busy: draft.busy || save.busy || move.busy,
    fault: draft.fault ?? save.fault ?? move.fault,
  };
}
