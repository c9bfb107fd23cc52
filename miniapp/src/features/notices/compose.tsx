import { useState } from "react";
import { faultOf } from "../../fault.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { pageQuery } from "../../platform/navigate.ts";
import { refreshMe, useSession } from "../../session.ts";
import { Card, Stack } from "../../ui/card.tsx";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import type { DeskNotice, Me } from "../../wire.ts";
import { ComposeForm, type Start } from "./compose-form.tsx";
import { typedBefore } from "./typed-draft.ts";
import { typedOf } from "./words-body.ts";

const writers: readonly Me["roles"][number]["role"][] = ["committee", "secretary", "clerk"];

/** Write a notice, or (`id`) change a draft of one's own. */
export default function Compose() {
  const [{ id }] = useState(pageQuery);
  const { me, place, state } = useSession();
  const old = useAsk("notices.deskGet", id ? { id } : null, { freshMs: 0 });
  const places = (me?.roles ?? []).filter(({ role }) => writers.includes(role));
  const regions = [...new Map(places.map(({ region, regionName }) => [region, regionName]))];
  // Without a network it is not known what this person may, but a draft of theirs shows that they wrote before.
  const goesOn = !id && (me ? regions.length > 0 : state === "lost" && typedBefore() !== null);
  const first = regions.find(([code]) => code === place?.code)?.[0] ?? regions[0]?.[0] ?? "";
  return (
    <Page title={id ? "修改公告" : "写公告"}>
      {goesOn ? (
        // The same form before and after the network is back, so that nothing typed is lost.
        <Stack>
          {me ? null : <FaultNote fault={faultOf("offline")} onRetry={() => void refreshMe()} />}
          <ComposeForm regions={regions} start={freshStart(first)} notice={null} />
        </Stack>
      ) : (
        <SignedInOnly>
          {() =>
            regions.length === 0 ? (
              <Card>
                <Empty words="您没有写公告的权限。如需要，请联系县里的管理员" icon="lock" />
              </Card>
            ) : (
              <AnswerView answer={old}>{(notice) => <Edit notice={notice} regions={regions} />}</AnswerView>
            )
          }
        </SignedInOnly>
      )}
    </Page>
  );
}

function freshStart(region: string): Start {
  const before = typedBefore();
  const blank = { title: "", text: "", pictures: [], category: "announcement" as const, region };
  return before ? { ...blank, ...before, region: before.region || region } : blank;
}

function Edit({ notice, regions }: { notice: DeskNotice; regions: [string, string][] }) {
  const typed = typedOf(notice.body);
  if (typed === null) {
    return (
      <Card>
        <Empty words="这篇有表格、标题或链接，请在电脑上修改" icon="file-text" />
      </Card>
    );
  }
  const start = { ...typed, title: notice.title, category: notice.category, region: notice.region };
  return <ComposeForm regions={regions} start={start} notice={notice} />;
}
