import { useEffect, useState } from "react";
import { faultOf } from "../../fault.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { newKey } from "../../platform/id.ts";
import { go, keepInAddress, pageQuery, to } from "../../platform/navigate.ts";
import { refreshMe, useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Note, Para } from "../../ui/words.tsx";
import type { DeskNotice, Me } from "../../wire.ts";
import { ComposeForm, mostLetters } from "./compose-form.tsx";
import { type End, writtenElsewhere } from "./earlier.ts";
import { EndNote } from "./earlier-note.tsx";
import { forgetTyped, type TypedDraft, typedBefore } from "./typed-draft.ts";
import { bodyOf, typedOf } from "./words-body.ts";

const writers: readonly Me["roles"][number]["role"][] = ["committee", "secretary", "clerk"];

/** Write a notice, or (`id`) change a draft of one's own. */
export default function Compose() {
  const [query] = useState(pageQuery);
  const [ends, setEnds] = useState<End[]>([]);
  const end = ends[ends.length - 1];
  const id = end ? undefined : query.id;
  const { me, place, state } = useSession();
  const old = useAsk("notices.deskGet", id ? { id } : null, { freshMs: 0 });
  const places = (me?.roles ?? []).filter(({ role }) => writers.includes(role));
  const regions = [...new Map(places.map(({ region, regionName }) => [region, regionName]))];
  // Without a network it is not known what this person may, but a draft of theirs shows that they wrote before.
  const goesOn = !id && (me ? regions.length > 0 : state === "lost" && typedBefore(null) !== null);
  const first = regions.find(([code]) => code === place?.code)?.[0] ?? regions[0]?.[0] ?? "";
  const onEnd = (now: End) => {
    if (id && now.why === "dropped") return go(to("deskNotice", { id }), "replace");
    keepInAddress("id", null);
    setEnds([...ends, now]);
  };
  return (
    <Page title={id ? "修改公告" : "写公告"}>
      {goesOn ? (
        // The same form before and after the network is back, so that nothing typed is lost.
        <Stack>
          {end ? <EndNote {...end} /> : null}
          {me ? null : <FaultNote fault={faultOf("offline")} onRetry={() => void refreshMe()} />}
          <ComposeForm key={ends.length} regions={regions} start={freshStart(first)} notice={null} onEnd={onEnd} />
        </Stack>
      ) : (
        <SignedInOnly>
          {() =>
            regions.length === 0 ? (
              <Card>
                <Empty words="您没有写公告的权限。如需要，请联系县里的管理员" icon="lock" />
              </Card>
            ) : (
              <AnswerView answer={old} about="deskNotice">
                {(notice) => <Edit notice={notice} regions={regions} onEnd={onEnd} />}
              </AnswerView>
            )
          }
        </SignedInOnly>
      )}
    </Page>
  );
}

const blank = { title: "", text: "", pictures: [], unsent: 0, category: "announcement" as const, saved: null };

function freshStart(region: string): TypedDraft {
  const before = typedBefore(null);
  return { ...blank, key: newKey(), ...before, region: before?.region || region };
}

type EditProps = { notice: DeskNotice; regions: [string, string][]; onEnd: (end: End) => void };

function Edit({ notice, regions, onEnd }: EditProps) {
  const [before, setBefore] = useState(() => typedBefore(notice.id));
  const { id, version, title, category, region } = notice;
  // Only when the form that held the words is gone: it keeps them until then.
  useEffect(() => {
    if (before === null) forgetTyped(id);
  }, [before, id]);
  const typed = typedOf(notice.body);
  if (typed === null) {
    return (
      <Card>
        <Empty words="这篇有表格、标题或链接，请在电脑上修改" icon="file-text" />
      </Card>
    );
  }
  if (typed.text.length > mostLetters) {
    return (
      <Card>
        <Empty words="这篇太长，手机上改不全，请在电脑上修改" icon="file-text" />
      </Card>
    );
  }
  const now: TypedDraft = { ...typed, unsent: 0, title, category, region, saved: { id, version }, key: newKey() };
  return (
    <Stack>
      {before ? (
        <Note tone="rice">
          <Stack gap={2}>
            <Para>
              {before.saved && !writtenElsewhere(notice, before.saved, { ...before, body: bodyOf(before) })
                ? "这是您上次没有交的内容，可以接着写"
                : "这是您上次没有交的内容。这篇后来在别处又改过，提交时会问您用哪一份"}
            </Para>
            <Button small onTap={() => setBefore(null)}>
              不要了，看现在的内容
            </Button>
          </Stack>
        </Note>
      ) : null}
      <ComposeForm
        key={before ? "before" : "now"}
        regions={regions}
        start={before ?? now}
        notice={notice}
        onEnd={onEnd}
      />
    </Stack>
  );
}
