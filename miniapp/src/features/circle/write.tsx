import { postLimits } from "@weimenhu/domain/circle/post";
import { useState } from "react";
import { useAsk } from "../../hooks/use-ask.ts";
import { whoIsHere } from "../../mine.ts";
import { postDrafts, type WrittenPost, waitingPosts } from "../../outbox.ts";
import { now } from "../../platform/clock.ts";
import { newKey } from "../../platform/id.ts";
import { pageQuery, to } from "../../platform/navigate.ts";
import { useSession } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { missingAt } from "../../ui/missing.ts";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { AnswerView, Empty, FaultView, Skeleton } from "../../ui/states.tsx";
import { Again } from "./again.tsx";
import { EditForm } from "./edit-form.tsx";
import { WriteForm } from "./write-form.tsx";

/**
 * Write a post; (`waiting`) one that was refused anew; (`again`) anew what was not let pass;
 * (`id`) change one that stands, within its ten minutes.
 */
export default function Write() {
  const [{ id, village, waiting, again }] = useState(pageQuery);
  const { me, place, state } = useSession();
  // Known without a network too: then it is written now and goes out later.
  const of = state === "out" ? null : whoIsHere();
  if (id) {
    return (
      <Page title="修改">
        <SignedInOnly>{() => <Edit id={id} />}</SignedInOnly>
      </Page>
    );
  }
  if (again) {
    return (
      <Page title="改好再发">
        <SignedInOnly>{(mine) => <Again of={mine.id} me={mine} id={again} />}</SignedInOnly>
      </Page>
    );
  }
  const code = village ?? place?.code ?? "";
  const near = [...(me?.villages ?? []), ...(place ? [place] : [])].find((one) => one.code === code)?.name;
  const far = useAsk("regions.get", code === "" || near !== undefined ? null : { code }, { keep: true });
  const name = near ?? far.data?.name ?? "";
  const nowhere = far.fault && far.data === null ? missingAt("villageTalk", far.fault) : null;
  const mine = (me?.villages ?? []).filter(({ verification }) => verification === "verified");
  const start = of === null ? null : startOf(of, waiting, code, name);
  const typed = start && start.village !== "" ? [{ code: start.village, name: start.villageName }] : [];
  const villages = [
    ...new Map([...(code ? [{ code, name }] : []), ...mine, ...typed].map((one) => [one.code, one.name])),
  ];
  return (
    <Page title="发布">
      {of === null || start === null ? (
        <SignedInOnly asks="登录、认证成为村民以后，就能在村里发言">{() => null}</SignedInOnly>
      ) : villages.length === 0 ? (
        <Card>
          <Empty words="先选好您的村" icon="map-pin">
            <Button kind="primary" to={to("region")}>
              选一个村
            </Button>
          </Empty>
        </Card>
      ) : nowhere && far.fault ? (
        <Card>
          <FaultView fault={far.fault} about="villageTalk" />
        </Card>
      ) : code !== "" && near === undefined && far.state === "loading" ? (
        <Skeleton rows={6} />
      ) : (
        <WriteForm
          key={of}
          of={of}
          me={me}
          slot={waiting ?? "new"}
          villages={villages}
          start={start}
          asked={waiting === undefined ? code : null}
        />
      )}
    </Page>
  );
}

/** What was typed before, or what was refused, or nothing yet. */
function startOf(of: string, waiting: string | undefined, village: string, villageName: string): WrittenPost {
  const queue = waitingPosts(of);
  const typed = postDrafts(of)[waiting ?? "new"];
  // It was handed in the moment before the app ended: the queue has it.
  const draft = typed && !(waiting === undefined && queue.some(({ key }) => key === typed.key)) ? typed : null;
  const refused = queue.find(({ key }) => key === waiting);
  if (draft) return draft.village === "" ? { ...draft, village, villageName } : draft;
  return refused ?? { ...blank, key: newKey(), village, villageName };
}

const blank: Omit<WrittenPost, "key" | "village" | "villageName"> = {
  kind: null,
  audience: "village",
  hideMe: false,
  text: "",
  place: "",
  photos: [],
};

function Edit({ id }: { id: string }) {
  const post = useAsk("circle.get", { id }, { freshMs: 0 });
  return (
    <AnswerView answer={post} about="post">
      {(data) =>
        data.may.includes("edit") && now() - data.at < postLimits.editMs ? (
          <EditForm post={data} />
        ) : data.check === "refused" && data.by.mine ? (
          <Card>
            <Empty words="没有通过审核的内容，改好以后作为新的一条发出去" icon="pencil">
              <Button to={to("writePost", { again: id })}>改好再发</Button>
            </Empty>
          </Card>
        ) : (
          <Card>
            <Empty words="发出 10 分钟后不能再改，可以在下面补充一条评论" icon="clock">
              <Button to={to("post", { id })}>回到这条内容</Button>
            </Empty>
          </Card>
        )
      }
    </AnswerView>
  );
}
