import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { Radios } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Note, Para, Tag } from "../../ui/words.tsx";
import type { CaseTemplate } from "../../wire.ts";
import { officesOf } from "./places.ts";

/** Sentences that are used often: one's own and those of one's places. */
export function Templates({ text, onTake }: { text: string; onTake: (text: string) => void }) {
  const [open, setOpen] = useState(false);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState<string | null>(null);
  return (
    <>
      {saved !== null && saved === text ? (
        <Note live tone="pine">
          已存成常用回复
        </Note>
      ) : null}
      <Box class="wrap">
        <Box class="wrap-in">
          <Button small kind="plain" icon="file-text" onTap={() => setOpen(true)}>
            用常用回复
          </Button>
        </Box>
        {text.trim() === "" ? null : (
          <Box class="wrap-in">
            <Button small kind="plain" icon="star" onTap={() => setSaving(true)}>
              存成常用回复
            </Button>
          </Box>
        )}
      </Box>
      {open ? (
        <TakeSheet
          onClose={() => setOpen(false)}
          onTake={(words) => {
            onTake(words);
            setOpen(false);
          }}
        />
      ) : null}
      {saving ? (
        <SaveSheet
          text={text.trim()}
          onClose={() => setSaving(false)}
          onDone={() => {
            setSaving(false);
            setSaved(text);
          }}
        />
      ) : null}
    </>
  );
}

function TakeSheet({ onClose, onTake }: { onClose: () => void; onTake: (text: string) => void }) {
  const templates = useAsk("cases.templates", {}, { freshMs: 0 });
  const { me } = useSession();
  const remove = useAct("cases.removeTemplate");
  const offices = me ? officesOf(me).map(({ region }) => region) : [];
  const drop = async (one: CaseTemplate) => {
    if (await remove.run({ id: one.id })) templates.retry();
  };
  return (
    <Sheet open title="常用回复" onClose={onClose}>
      <FaultNote fault={remove.fault} />
      <AnswerView answer={templates}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty words="还没有常用回复。写好答复后，点“存成常用回复”就有了" icon="file-text" />
          ) : (
            <Box role="list" label="常用回复" class="card flush">
              {items.map((one, i) => (
                <Box key={one.id} role="listitem" class={i === 0 ? "row" : "row row-line"}>
                  <Box class="grow">
                    <Stack gap={2}>
                      <Para>{one.text}</Para>
                      {one.own ? null : <Tag icon="users">{one.region === null ? "现成的" : "大家共用"}</Tag>}
                      <Box class="wrap">
                        <Box class="wrap-in">
                          <Button small label={`用这句：${one.text}`} onTap={() => onTake(one.text)}>
                            用这句
                          </Button>
                        </Box>
                        {one.own || (one.region !== null && offices.includes(one.region)) ? (
                          <Box class="wrap-in">
                            <Button
                              small
                              kind="plain"
                              busy={remove.busy}
                              label={`删除：${one.text}`}
                              onTap={() => void drop(one)}
                            >
                              删除
                            </Button>
                          </Box>
                        ) : null}
                      </Box>
                    </Stack>
                  </Box>
                </Box>
              ))}
            </Box>
          )
        }
      </AnswerView>
    </Sheet>
  );
}

function SaveSheet({ text, onClose, onDone }: { text: string; onClose: () => void; onDone: () => void }) {
  const { me } = useSession();
  const save = useAct("cases.saveTemplate", true);
  const [whose, setWhose] = useState("");
  const places = me ? officesOf(me) : [];
  const choices = [
    { key: "", word: "只给我自己用" },
    ...places.map(({ region, regionName }) => ({ key: region, word: `给${regionName}的干部共用` })),
  ];
  const after = (saved: unknown) => {
    if (saved === null) return;
    outdate("cases.templates");
    onDone();
  };
  const run = async () =>
    after(await save.run({ text: text.slice(0, 300), ...(whose === "" ? {} : { region: whose }) }));
  return (
    <Sheet
      open
      title="存成常用回复"
      onClose={onClose}
      closeWord="取消"
      foot={
        <>
          <FaultNote fault={save.fault} onRetry={run} />
          <Button kind="primary" busy={save.busy} onTap={run}>
            保存
          </Button>
        </>
      }
    >
      <Para>{text.slice(0, 300)}</Para>
      {text.length > 300 ? <Note>常用回复最多 300 个字，后面的不存</Note> : null}
      <Radios label="给谁用" choices={choices} value={whose} onChange={setWhose} />
    </Sheet>
  );
}
