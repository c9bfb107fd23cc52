import { postLimits } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useKeptPhotos } from "../../hooks/use-kept-photos.ts";
import { whoIsHere } from "../../mine.ts";
import { postDrafts, type WrittenPost } from "../../outbox.ts";
import { newKey } from "../../platform/id.ts";
import { finish, to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Section, Stack } from "../../ui/card.tsx";
import { AreaField, TextField } from "../../ui/field.tsx";
import { Form, FormPart, Unfilled, useForm } from "../../ui/form.tsx";
import { PhotoGrid } from "../../ui/photo-grid.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { Post } from "../../wire.ts";
import { useDraft } from "./use-draft.ts";
import { lettersOf, refusedField, textWrong, unfilledNames } from "./words.ts";

/** Changes the words, photos and place of a post; what stood there before can be read by all who see it. */
export function EditForm({ post }: { post: Post }) {
  const of = whoIsHere() ?? "";
  const slot = `edit:${post.id}`;
  const [stands] = useState(() => standing(post));
  const [before] = useState(() => postDrafts(of)[slot] ?? null);
  const start = before ?? stands;
  const [text, setText] = useState(start.text);
  const [place, setPlace] = useState(start.place);
  const form = useForm();
  const checked = form.tries > 0;
  const addresses = new Map((post.photoIds ?? []).map((id, i) => [id, post.photos[i]?.small]));
  const photos = useKeptPhotos(
    of,
    start.photos,
    start.photos.map(({ media }) => addresses.get(media ?? "")),
  );
  const written = { ...stands, text, place, photos: photos.written };
  const draft = useDraft(of, slot, written, isOther(written, stands));
  const edit = useAct("circle.edit", true);
  const unsent = photos.photos.filter(({ state }) => state !== "sent").length;
  const field = refusedField(edit.fault);
  const wrong = {
    text: checked || lettersOf(text) > postLimits.text ? textWrong(text) : null,
    photos: checked && unsent > 0 ? "照片还没有传好，请稍等或移除" : null,
  };
  const save = async () => {
    if (textWrong(text) !== null || unsent > 0) return form.refuse();
    const done = await edit.run({
      id: post.id,
      text,
      ...(place.trim() === "" ? {} : { place }),
      photos: photos.photos.flatMap(({ id }) => id ?? []),
    });
    if (!done) return;
    draft.forget();
    outdate("circle.");
    finish(to("post", { id: post.id }));
  };
  return (
    <Form tries={form.tries}>
      <Stack>
        <Note>改了以后会标上“已编辑”，看得到这条内容的人也能看改以前的内容</Note>
        {before ? <Note tone="indigo">这是您上次没有保存的修改，可以接着改</Note> : null}
        <AreaField
          label="内容"
          hint={`已写 ${lettersOf(text)} / ${postLimits.text} 个字`}
          value={text}
          onChange={setText}
          maxLength={2 * postLimits.text}
          error={wrong.text}
        />
        <FormPart wrong={wrong.photos !== null}>
          <Section title="照片">
            <PhotoGrid
              photos={photos.photos}
              full={photos.full}
              note={photos.note ?? wrong.photos}
              onAdd={photos.add}
              onRemove={photos.remove}
              onSend={photos.send}
            />
          </Section>
        </FormPart>
        <TextField label="在哪里（可以不写）" value={place} onChange={setPlace} maxLength={postLimits.place} />
        <FaultNote fault={edit.fault} onRetry={field === null ? save : undefined} />
        <Unfilled names={unfilledNames(wrong)} />
        <Button kind="primary" busy={edit.busy} busyText="正在保存…" onTap={save}>
          保存修改
        </Button>
      </Stack>
    </Form>
  );
}

function standing({ village, villageName, kind, audience, text, by, ...post }: Post): WrittenPost {
  const photos = (post.photoIds ?? []).map((media) => ({ key: newKey(), ref: null, name: "", bytes: 0, media }));
  return {
    key: newKey(),
    village,
    villageName,
    kind,
    audience,
    hideMe: by.hidden,
    text,
    place: post.place ?? "",
    photos,
    until: post.at + postLimits.editMs,
  };
}

const photoKeys = ({ photos }: WrittenPost): string => photos.map(({ key, media }) => media ?? key).join();
const isOther = (one: WrittenPost, stands: WrittenPost): boolean =>
  one.text !== stands.text || one.place !== stands.place || photoKeys(one) !== photoKeys(stands);
