import { postLimits } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useKeptPhotos } from "../../hooks/use-kept-photos.ts";
import { whoIsHere } from "../../mine.ts";
import { newKey } from "../../platform/id.ts";
import { finish, to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Section, Stack } from "../../ui/card.tsx";
import { AreaField, TextField } from "../../ui/field.tsx";
import { PhotoGrid } from "../../ui/photo-grid.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note } from "../../ui/words.tsx";
import type { Post } from "../../wire.ts";
import { lettersOf, refusedField, textWrong } from "./words.ts";

/** Changes the words, photos and place of a post; what stood there before can be read by all who see it. */
export function EditForm({ post }: { post: Post }) {
  const [text, setText] = useState(post.text);
  const [place, setPlace] = useState(post.place ?? "");
  const [checked, setChecked] = useState(false);
  const [start] = useState(() =>
    (post.photoIds ?? []).map((media) => ({ key: newKey(), ref: null, name: "", bytes: 0, media })),
  );
  const shown = post.photos.map(({ small }) => small);
  const photos = useKeptPhotos(whoIsHere() ?? "", start, shown);
  const edit = useAct("circle.edit", true);
  const unsent = photos.photos.filter(({ state }) => state !== "sent").length;
  const field = refusedField(edit.fault);
  const save = async () => {
    setChecked(true);
    if (textWrong(text) !== null || unsent > 0) return;
    const done = await edit.run({
      id: post.id,
      text,
      ...(place.trim() === "" ? {} : { place }),
      photos: photos.photos.flatMap(({ id }) => id ?? []),
    });
    if (!done) return;
    outdate("circle.");
    finish(to("post", { id: post.id }));
  };
  return (
    <Stack>
      <Note>改了以后会标上“已编辑”，看得到这条内容的人也能看改以前的内容</Note>
      <AreaField
        label="内容"
        hint={`已写 ${lettersOf(text)} / ${postLimits.text} 个字`}
        value={text}
        onChange={setText}
        maxLength={2 * postLimits.text}
        error={checked || lettersOf(text) > postLimits.text ? textWrong(text) : null}
      />
      <Section title="照片">
        <PhotoGrid
          photos={photos.photos}
          full={photos.full}
          note={photos.note}
          onAdd={photos.add}
          onRemove={photos.remove}
          onSend={photos.send}
        />
      </Section>
      <TextField label="在哪里（可以不写）" value={place} onChange={setPlace} maxLength={postLimits.place} />
      {checked && unsent > 0 ? <Note tone="rice">照片还没有传好，请稍等或移除</Note> : null}
      <FaultNote fault={edit.fault} onRetry={field === null ? save : undefined} />
      <Button kind="primary" busy={edit.busy} busyText="正在保存…" onTap={save}>
        保存修改
      </Button>
    </Stack>
  );
}
