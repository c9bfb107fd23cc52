import { usePullDownRefresh } from "@tarojs/taro";
import { isAnswer } from "@weimenhu/domain/cases/move-words";
import { moreWords } from "@weimenhu/domain/cases/words";
import { useCallback, useMemo, useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { useLive } from "../../hooks/use-live.ts";
import { now } from "../../platform/clock.ts";
import { pageQuery } from "../../platform/navigate.ts";
import { endPullDown } from "../../platform/pull.ts";
import { toTop } from "../../platform/scroll.ts";
import { may } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Card, Section, Stack } from "../../ui/card.tsx";
import { CaseBar, CaseClock, CaseSteps } from "../../ui/case-face.tsx";
import { dateText } from "../../ui/date.ts";
import { Page } from "../../ui/page.tsx";
import { SignedInOnly } from "../../ui/signed-in-only.tsx";
import { SpeakButton } from "../../ui/speak-button.tsx";
import { spokenCase } from "../../ui/spoken.ts";
import { AnswerView, NothingHere } from "../../ui/states.tsx";
import { TellMe, TellOfCase, TellOfWork } from "../../ui/tell-me.tsx";
import { Note } from "../../ui/words.tsx";
import type { WholeCase } from "../../wire.ts";
import { AuthorPart } from "./author.tsx";
import { Moves } from "./moves.tsx";
import { Raised } from "./raised.tsx";
import { Ratings } from "./ratings.tsx";
import { ReplyBox } from "./reply-box.tsx";

/** The handling of one post, for its author and for the cadres: each sees the moves that they may make. */
export default function CasePage() {
  const [{ id = "" }] = useState(pageQuery);
  return (
    <Page title="办理经过">
      {id === "" ? (
        <NothingHere about="case" />
      ) : (
        <SignedInOnly>{(me) => <Whole id={id} about={may(me, "cases.handle") ? "deskCase" : "case"} />}</SignedInOnly>
      )}
    </Page>
  );
}

const postOf = (subject: string): string | null => (subject.startsWith("post:") ? subject.slice(5) : null);

function Whole({ id, about }: { id: string; about: "case" | "deskCase" }) {
  const found = useAsk("cases.get", { id }, { freshMs: 0 });
  const raised = found.data ? postOf(found.data.subject) : null;
  const post = useAsk("circle.get", raised === null ? null : { id: raised });
  const [done, setDone] = useState<{ words: string | null; waits: boolean }>({ words: null, waits: false });
  const { retry } = found;
  useLive(
    useMemo(() => [`case:${id}`], [id]),
    retry,
  );
  usePullDownRefresh(() => {
    retry();
    endPullDown();
  });
  /** Null: nothing was done, somebody else was faster. */
  const after = useCallback(
    (words: string | null, waits = false) => {
      setDone({ words, waits });
      // What was done is told above; the button pressed stands far below it.
      if (words !== null) toTop();
      for (const room of ["cases.", "circle.", "desk."]) outdate(room);
      retry();
    },
    [retry],
  );
  return (
    <Stack>
      {done.words ? (
        <Note live tone="pine">
          {done.words}
        </Note>
      ) : null}
      {done.waits ? <TellMe kind="progress" words="办好了告诉我" /> : null}
      {done.words && !done.waits && about === "deskCase" ? <TellOfWork /> : null}
      <AnswerView answer={found} about={about}>
        {(file) => (
          <Stack>
            <Head file={file} />
            {post.data?.by.mine && !done.waits ? <TellOfCase state={file.state} /> : null}
            <SpeakButton text={spokenCase(file, post.data, now())} />
            <Raised file={file} post={post} />
            <AuthorPart file={file} onDone={after} />
            {file.may.some(isAnswer) ? (
              <ReplyBox file={file} showed={(post.data?.photos.length ?? 0) > 0} onDone={after} />
            ) : null}
            <Moves file={file} onDone={after} />
            <Section title="办理经过">
              <CaseSteps steps={file.steps} />
            </Section>
            <Ratings ratings={file.ratings} />
          </Stack>
        )}
      </AnswerView>
    </Stack>
  );
}

function Head({ file }: { file: WholeCase }) {
  return (
    <Card>
      <Stack gap={3}>
        <CaseBar face={file} />
        <CaseClock face={file} steps={file.steps} />
        <Box class="wrap">
          <Box class="wrap-in t-small">{file.villageName}</Box>
          <Box class="wrap-in t-small">{`${dateText(file.raisedAt)} 提出`}</Box>
          {file.assignee ? <Box class="wrap-in t-small">{`经办 ${file.assignee}`}</Box> : null}
        </Box>
        {file.moreAsked ? <Note tone="rice">{moreWords(file.level)}</Note> : null}
      </Stack>
    </Card>
  );
}
