import { isCaseKind, mayHideAuthor, postLimits } from "@weimenhu/domain/circle/post";
import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../fault.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useKeptPhotos } from "../../hooks/use-kept-photos.ts";
import { takeFromOutbox, useOutbox, type WrittenPost } from "../../outbox.ts";
import { now } from "../../platform/clock.ts";
import { finish, go, to } from "../../platform/navigate.ts";
import { handIn } from "../../sending.ts";
import { AgreeFirst } from "../../ui/agree-first.tsx";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { AreaField, Check, PickField, Radios, TextField } from "../../ui/field.tsx";
import { Form, FormPart, Unfilled, useForm } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { PhotoGrid } from "../../ui/photo-grid.tsx";
import { firstOf, SpeechFirst, speechOf } from "../../ui/speech-first.tsx";
import { FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { Me } from "../../wire.ts";
import { useDraft } from "./use-draft.ts";
import {
  audienceChoices,
  callWords,
  kindChoices,
  lettersOf,
  nextWords,
  refusedField,
  textWrong,
  unfilledNames,
} from "./words.ts";

type Props = {
  of: string;
  /** Null while it is not known who writes. */
  me: Me | null;
  /** Where what is typed is kept: `new`, the key of the waiting post that was refused, or of which post it is the next. */
  slot: string;
  villages: [string, string][];
  start: WrittenPost;
  /** The village from which one came to write: what was typed for another one does not go there unsaid. */
  asked?: string | null;
  /** Addresses of those of its photos that an earlier post shows. */
  shown?: readonly (string | undefined)[];
};

export function WriteForm({ of, me, slot, villages, start, asked = null, shown = [] }: Props) {
  const [post, setPost] = useState(start);
  const [begun] = useState(start);
  const form = useForm();
  const checked = form.tries > 0;
  const [state, setState] = useState<{ busy: boolean; fault: Fault | null }>({ busy: false, fault: null });
  const photos = useKeptPhotos(of, start.photos, shown);
  const { kind, text, place, audience } = post;
  const hideMe = post.hideMe && kind !== null && mayHideAuthor(kind);
  // What becomes a case reaches the village anyway.
  const mayCall = kind !== null && !isCaseKind(kind);
  const callVillage = mayCall && post.callVillage === true;
  const whole = { ...post, hideMe, callVillage, photos: photos.written };
  const typed = text !== "" || photos.written.length > 0 || place !== "";
  const draft = useDraft(of, slot, whole, typed);
  const said = useAsk("circle.feed", me === null ? null : { village: post.village, limit: 1 }, { freshMs: 30_000 });
  /** What keeps somebody who is verified: a child whose guardian has not agreed. */
  const mute = said.data?.mayPostWhy ?? null;
  const first = me && firstOf(speechOf(me, post.village), me, { code: post.village, name: post.villageName });
  const set = (by: Partial<WrittenPost>) => {
    setPost((old) => ({ ...old, ...by }));
    setState(({ busy }) => ({ busy, fault: null }));
  };
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  const field = refusedField(state.fault);
  const refusedAt = (name: typeof field) => (field === name && state.fault ? state.fault.zh : null);

  const send = async () => {
    if (kind === null || textWrong(text) !== null) return form.refuse();
    setState({ busy: true, fault: null });
    draft.forget();
    const sent = await handIn(of, { ...whole, kind, at: now(), refused: null });
    // Whoever went on meanwhile finds in the feed what became of it.
    if (!here.current) return;
    setState({ busy: false, fault: "refused" in sent ? sent.refused : null });
    if ("refused" in sent) {
      draft.resume();
      // The form has it again, unless it came from the queue.
      if (slot !== post.key) takeFromOutbox(of, post.key);
      if (refusedField(sent.refused) !== null) form.refuse();
      return;
    }
    if ("post" in sent) return go(to("post", { id: sent.post.id, sent: "1" }), "replace");
    finish(to("circle"));
  };

  const wrong = {
    kind: checked && kind === null ? "请选一种" : null,
    text: refusedAt("text") ?? (checked || lettersOf(text) > postLimits.text ? textWrong(text) : null),
    photos: refusedAt("photos"),
    place: refusedAt("place"),
  };
  return (
    <Form tries={form.tries}>
      <Stack>
        {asked !== null && asked !== "" && begun.village !== asked && post.village === begun.village ? (
          <Elsewhere
            post={post}
            name={villages.find(([code]) => code === asked)?.[1] ?? ""}
            onMove={(villageName) => set({ village: asked, villageName })}
          />
        ) : null}
        {villages.length > 1 ? (
          <PickField
            label="发在哪个村"
            options={villages.map(([, name]) => name)}
            at={villages.findIndex(([code]) => code === post.village)}
            onChange={(i) => {
              const [village, villageName] = villages[i] ?? [post.village, post.villageName];
              set({ village, villageName });
            }}
          />
        ) : null}
        {first ? (
          <Card>
            <SpeechFirst first={first} />
          </Card>
        ) : mute !== null ? (
          <Card>
            <Para>{mute}</Para>
          </Card>
        ) : (
          <AgreeFirst />
        )}
        {(first || mute !== null) && !typed ? null : (
          <>
            <FormPart wrong={wrong.kind !== null}>
              <Section title="是什么事">
                {wrong.kind ? (
                  <Box class="field-error" role="alert">
                    <Icon name="circle-alert" size="s" />
                    {wrong.kind}
                  </Box>
                ) : null}
                <Radios label="是什么事" choices={kindChoices} value={kind} onChange={(next) => set({ kind: next })} />
              </Section>
            </FormPart>
            {kind !== null && nextWords(kind) !== null ? <Note>{nextWords(kind)}</Note> : null}
            <AreaField
              label="内容"
              hint={`写清什么事、在哪里、什么时候。已写 ${lettersOf(text)} / ${postLimits.text} 个字`}
              value={text}
              onChange={(next) => set({ text: next })}
              maxLength={2 * postLimits.text}
              error={wrong.text}
            />
            <FormPart wrong={wrong.photos !== null}>
              <Section title={`照片（最多 ${postLimits.photos} 张，可以不加）`}>
                <PhotoGrid
                  photos={photos.photos}
                  full={photos.full}
                  note={photos.note ?? wrong.photos}
                  onAdd={photos.add}
                  onRemove={photos.remove}
                  onSend={photos.send}
                  laterWords="可以先点“发布”，有网络以后自动发出。"
                />
              </Section>
            </FormPart>
            <TextField
              label="在哪里（可以不写）"
              hint="比如：村口桥边。只写您写的字，不记录手机的位置"
              value={place}
              onChange={(next) => set({ place: next })}
              maxLength={postLimits.place}
              error={wrong.place}
            />
            <Section title="谁能看到">
              <Radios
                label="谁能看到"
                choices={audienceChoices}
                value={audience}
                onChange={(next) => set({ audience: next })}
              />
            </Section>
            {mayCall ? (
              <Check checked={callVillage} onChange={(next) => set({ callVillage: next })} label={callWords} />
            ) : null}
            {kind !== null && mayHideAuthor(kind) ? (
              <Box>
                <Check checked={hideMe} onChange={(next) => set({ hideMe: next })} label="不让邻居知道是我发的" />
                <Box class="t-small">
                  村里的人和村干部都看不到您的名字；镇、县的工作人员确有需要时可以查看，每次查看都有记录。
                </Box>
              </Box>
            ) : null}
            <SendingNote keyOf={post.key} />
            {field === null ? <FaultNote fault={state.fault} /> : null}
            <Unfilled names={unfilledNames(wrong)} />
          </>
        )}
        {first || mute !== null ? null : (
          <Button kind="primary" icon="send" busy={state.busy} busyText="正在发布…" onTap={send}>
            {kind !== null && isCaseKind(kind) ? "发布，请村里办" : "发布"}
          </Button>
        )}
      </Stack>
    </Form>
  );
}

/** What was typed before is for another village than the one that is looked at now. */
function Elsewhere(props: { post: WrittenPost; name: string; onMove: (name: string) => void }) {
  const { post, name } = props;
  return (
    <Note tone="rice">
      <Box>{`这是您上次写给${post.villageName}、还没有发的。现在点“发布”，会发到${post.villageName}。`}</Box>
      <Button small onTap={() => props.onMove(name)}>{`改发到${name}`}</Button>
    </Note>
  );
}

/** How far it is while it is being sent. */
function SendingNote({ keyOf }: { keyOf: string }) {
  const sending = useOutbox((outbox) => outbox.now);
  if (sending?.key !== keyOf || sending.photo === 0) return null;
  return (
    <Box role="status">
      <Box class="t-small">{`正在发送照片 ${sending.photo} / ${sending.of}`}</Box>
      <Box class="bar">
        <Box class="bar-in" style={{ width: `${Math.round(sending.share * 100)}%` }} />
      </Box>
    </Box>
  );
}
