import { noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { useEffect, useRef, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { usePhotos } from "../../hooks/use-photos.ts";
import { go, to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Section, Stack } from "../../ui/card.tsx";
import { AreaField, PickField, TextField } from "../../ui/field.tsx";
import { Form, FormPart, Unfilled, useForm } from "../../ui/form.tsx";
import { PhotoGrid } from "../../ui/photo-grid.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { DeskNotice } from "../../wire.ts";
import { Attachments } from "./attachments.tsx";
import { type Earlier, type End, mayChange } from "./earlier.ts";
import { EarlierNote } from "./earlier-note.tsx";
import { Preview } from "./preview.tsx";
import { useSubmit } from "./submit.ts";
import { keepAsNew, type TypedDraft, typedBefore, useKeepTyped } from "./typed-draft.ts";
import { bodyOf, typedOf, type Words } from "./words-body.ts";

type Props = {
  regions: [string, string][];
  start: TypedDraft;
  /** The notice that is changed; null for a new one. */
  notice: DeskNotice | null;
  onEnd: (end: End) => void;
};

/** What fits into a text box of WeChat, which cuts the rest off, and into one message to the page. */
export const mostLetters = 5000;

const names = { place: "发在哪里", title: "标题", body: "内容", photos: "照片" } as const;
const parts = ["place", "title", "body", "photos"] as const;

export function ComposeForm({ start, regions, notice, onEnd }: Props) {
  const [title, setTitle] = useState(start.title);
  const [text, setText] = useState(start.text);
  const [category, setCategory] = useState(start.category);
  const [region, setRegion] = useState(start.region);
  const [typedFor] = useState(start.region);
  const [checked, setChecked] = useState(false);
  const [preview, setPreview] = useState(false);
  const form = useForm();
  const photos = usePhotos(start.pictures.map((url) => ({ url })));
  // A draft of an earlier sitting may have gone on since; a notice was read just now.
  const sure = notice !== null && mayChange(notice) && start.saved?.version === notice.version;
  const sending = useSubmit(start.saved, sure, notice !== null, start.key);
  const { look, question } = sending;
  /** What the writer chose for these words, told where the question stood. */
  const [chosen, setChosen] = useState<{ by: "look" | "submit"; apart: boolean } | null>(null);

  const urls = photos.photos.flatMap(({ url }) => (url === null ? [] : [url]));
  const body = bodyOf({ text, pictures: urls });
  const unsent = photos.photos.filter(({ state }) => state !== "sent").length;
  const typed = { title, text, category, region, pictures: urls, unsent, saved: sending.saved, key: sending.key };
  const kept = useKeepTyped(notice?.id ?? null, typed, unsent > 0 || isNew(typed, notice));
  // A draft that is begun does not move.
  const free = notice === null && sending.saved === null;
  // One place is no choice, unless the words were typed for another, which the writer has lost since.
  const choosing = free && (regions.length > 1 || regions.some(([code]) => code !== typedFor));
  const lostPlace = choosing && !regions.some(([code]) => code === region);
  const wrong = { place: lostPlace, title: title.trim().length < 2, body: body.length === 0, photos: unsent > 0 };
  const end = (earlier: Earlier, why: End["why"]) => {
    kept.forget();
    if (why === "apart") keepAsNew(typed);
    onEnd({ earlier, why });
  };
  const now = useRef<{ words: Words | null; end: typeof end }>({ words: null, end });
  // Photos that were lost with the earlier sitting are words that are not known.
  now.current = { words: unsent + start.unsent > 0 ? null : { title, category, body }, end };
  const isNewOne = useRef(notice === null);
  useEffect(() => {
    if (!isNewOne.current) return;
    let here = true;
    void look(() => now.current.words).then((over) => {
      if (over && here) now.current.end(over.earlier, over.why);
    });
    return () => {
      here = false;
    };
  }, [look]);
  const asApart = ({ earlier, by }: NonNullable<typeof question>) => {
    if (notice !== null) return end(earlier, "apart");
    sending.apart();
    setChosen({ by, apart: true });
  };
  const asked = question ? (
    <EarlierNote
      earlier={question.earlier}
      elsewhere={question.elsewhere}
      pressed={question.by === "submit"}
      changing={notice !== null}
      onApart={notice === null || typedBefore(null) === null ? () => asApart(question) : null}
      onOver={() => {
        sending.over(question.earlier);
        setChosen({ by: question.by, apart: false });
      }}
      onDrop={() => end(question.earlier, "dropped")}
    />
  ) : null;
  const place = choosing ? "在上面选好发在哪里，再按“提交审核”" : "写好后按“提交审核”";
  const told = chosen ? (
    <Note live tone="pine">
      {chosen.apart ? `这是新的一份了。${place}` : "用这里写的改前一份。再按一次“提交审核”"}
    </Note>
  ) : null;
  const submit = async () => {
    setChecked(true);
    if (parts.some((part) => wrong[part])) return form.refuse();
    kept.save();
    setChosen(null);
    const id = await sending.submit({ title: title.trim(), category, body, region });
    if (id === null) return;
    kept.forget();
    outdate("notices.");
    go(to("deskNotice", { id }), "replace");
  };

  return (
    <Form tries={form.tries}>
      <Stack>
        {question?.by === "look" ? asked : null}
        {chosen?.by === "look" ? told : null}
        {regions.length > 1 && notice === null && sending.saved !== null ? (
          <Para>{`发在${regions.find(([code]) => code === region)?.[1] ?? ""}`}</Para>
        ) : null}
        {choosing ? (
          <PickField
            label="发在哪里"
            hint={lostPlace ? "原来选的地方您现在不能发了，请重新选" : undefined}
            error={checked && wrong.place ? "请选发在哪里" : null}
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
          label="栏目"
          options={noticeCategoryKeys.map((key) => noticeCategories[key])}
          at={noticeCategoryKeys.indexOf(category)}
          onChange={(i) => setCategory(noticeCategoryKeys[i] ?? category)}
        />
        <AreaField
          label="内容"
          hint="写清什么事、什么时候、在哪里、找谁。空一行就是新的一段"
          value={text}
          onChange={setText}
          maxLength={mostLetters}
          error={checked && wrong.body ? "请写几句话，或加照片" : null}
        />
        <Section title="照片">
          <FormPart wrong={checked && wrong.photos}>
            <PhotoGrid
              photos={photos.photos}
              full={photos.full}
              note={photos.note ?? (photos.photos.length === start.pictures.length ? lostWords(start.unsent) : null)}
              onAdd={photos.add}
              onRemove={photos.remove}
              onSend={photos.send}
            />
            {checked && wrong.photos ? <Note tone="rice">照片还没有传好，请稍等或移除</Note> : null}
          </FormPart>
        </Section>
        {notice && notice.attachments.length > 0 ? (
          <Stack gap={2}>
            <Attachments files={notice.attachments} />
            <Para size="small">提交时附件照旧。要加、要换附件，请在电脑上改。</Para>
          </Stack>
        ) : null}
        <FaultNote fault={sending.fault} onRetry={submit} />
        <Button icon="eye" onTap={() => setPreview(true)}>
          先看看发出来的样子
        </Button>
        <Unfilled names={checked ? parts.filter((part) => wrong[part]).map((part) => names[part]) : []} />
        {chosen?.by === "submit" ? told : null}
        {question?.by === "submit" ? (
          asked
        ) : (
          <Button kind="primary" icon="send" busy={sending.busy} busyText="正在提交…" onTap={submit}>
            提交审核
          </Button>
        )}
        <Preview open={preview} onClose={() => setPreview(false)} title={title} category={category} body={body} />
      </Stack>
    </Form>
  );
}

/** Is there anything that the server does not have? */
function isNew({ title, text, category, pictures }: TypedDraft, notice: DeskNotice | null): boolean {
  if (notice === null) return title !== "" || text !== "" || pictures.length > 0;
  const before = typedOf(notice.body);
  const same = text === before?.text && pictures.join() === before.pictures.join();
  return !same || title !== notice.title || category !== notice.category;
}

const lostWords = (unsent: number): string | null =>
  unsent > 0 ? `上次有 ${unsent} 张照片没有传完，请重新添加` : null;
