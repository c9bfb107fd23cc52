import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Fault } from "../fault.ts";
import type { Answer } from "../hooks/use-ask.ts";
import { goBack, to } from "../platform/navigate.ts";
import { Box, Slot } from "./box.tsx";
import { Button } from "./button.tsx";
import { Card, Stack } from "./card.tsx";
import { dateText } from "./date.ts";
import { dated } from "./dated.tsx";
import { Icon, type IconName } from "./icon.tsx";
import { type About, cutShort, mayPass, missingAt, type Way } from "./missing.ts";
import { useTellPart } from "./parts.ts";
import { Para } from "./words.tsx";

/** The shape of what comes, while it comes. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  return (
    <Box class="card flush" role="status" label="正在读取，请稍等">
      {Array.from({ length: rows }, (_, i) => (
        <Box key={i} class={i === 0 ? "row" : "row row-line"}>
          <Box class="grow">
            <Box class="bone bone-wide" />
            <Box class="bone bone-half" />
          </Box>
        </Box>
      ))}
    </Box>
  );
}

/** Nothing is there: says so, and what one can do instead. */
export function Empty(props: { words: string; icon?: IconName; children?: ReactNode }) {
  return (
    <Box class="empty">
      <Icon name={props.icon ?? "inbox"} size="xl" />
      <Para>{props.words}</Para>
      {props.children ? <Box class="empty-more">{props.children}</Box> : null}
    </Box>
  );
}

/** Refusals that another page lifts lead there. */
function wayOut(fault: Fault): Way | null {
  if (fault.kind !== "refused") return null;
  switch (fault.word) {
    case "SIGN_IN_FIRST":
      return { words: "去登录", to: to("signIn") };
    case "CONSENT_FIRST":
      return { words: "去看说明", to: to("signIn") };
    case "PHONE_FIRST":
      return { words: "验证手机号", to: to("phone") };
    case "SECOND_FACTOR_FIRST":
    case "TOTP_ENROL_FIRST":
      return { words: "输入动态口令", to: to("second") };
    case "VERIFY_FIRST":
      return { words: "认证成为村民", to: to("verify") };
    case "FOLLOW_FIRST":
      return { words: "去关注", to: to("circle") };
    case "CLIENT_TOO_OLD":
      return { words: "去更新", to: to("update") };
    default:
      return null;
  }
}

const icons: Record<Fault["kind"], IconName> = {
  refused: "circle-alert",
  offline: "wifi-off",
  timeout: "clock",
  broken: "triangle-alert",
};

/** What happened and what to do, instead of the content of a page; `about`: what the address of the page should have led to. */
export function FaultView(props: { fault: Fault; onRetry?: (() => void) | undefined; about?: About | undefined }) {
  const { fault, onRetry } = props;
  const lost = missingAt(props.about, fault);
  const way = lost?.way ?? wayOut(fault);
  // What asking again cannot change is not asked again.
  const stays = !way && !mayPass(fault);
  return (
    <Box class="empty" role="alert">
      <Icon name={icons[fault.kind]} size="xl" />
      <Para>{lost?.words ?? fault.zh}</Para>
      <Box class="empty-more">
        <Stack gap={3}>
          {way ? (
            <Button kind="primary" to={way.to}>
              {way.words}
            </Button>
          ) : null}
          {onRetry && !way && !stays ? (
            <Button kind="primary" icon="rotate-cw" onTap={onRetry}>
              重试
            </Button>
          ) : null}
          {stays || lost ? <Button onTap={goBack}>返回</Button> : null}
        </Stack>
      </Box>
    </Box>
  );
}

/** The address does not say what the page is about: a link was copied in part. */
export function NothingHere({ about }: { about: About }) {
  return (
    <Card>
      <FaultView fault={cutShort} about={about} />
    </Card>
  );
}

/** A fault of a form or button, beside it; what was typed stays. */
export function FaultNote({ fault, onRetry }: { fault: Fault | null; onRetry?: (() => void) | undefined }) {
  if (!fault) return null;
  const way = wayOut(fault);
  return (
    <Box class="note note-seal" role="alert">
      <Icon name={icons[fault.kind]} />
      <Box class="grow">
        <Stack gap={2}>
          <Para size="body">{fault.zh}</Para>
          {way ? (
            <Button small to={way.to}>
              {way.words}
            </Button>
          ) : onRetry && fault.kind !== "refused" ? (
            <Button small onTap={onRetry}>
              重试
            </Button>
          ) : null}
        </Stack>
      </Box>
    </Box>
  );
}

/** What is shown is a kept copy; this is how old. */
export function StaleNote({ at, onRetry }: { at: number; onRetry?: (() => void) | undefined }) {
  return (
    <Box class="stale" role="status">
      <Icon name="wifi-off" size="s" />
      <Box class="grow">{dated(`没有更新成功，这是 ${dateText(at)} 的内容`)}</Box>
      {onRetry ? (
        <Button small kind="plain" onTap={onRetry}>
          重试
        </Button>
      ) : null}
    </Box>
  );
}

/**
 * Draws an answer in all its states; `children` only when the data is there. `inForm`: what it shows belongs to a form, which
 * works whether it is there or not, so without it the page is not empty. `about`: what the address of the page asks for.
 */
export function AnswerView<T>(props: {
  answer: Answer<T>;
  rows?: number;
  inForm?: boolean;
  about?: About;
  children: (data: T) => ReactNode;
}) {
  const { answer } = props;
  useTellPart(props.inForm ? null : answer);
  if (answer.state === "loading") return <Skeleton rows={props.rows ?? 4} />;
  if (answer.data === null) {
    return answer.fault ? (
      <Card>
        <FaultView fault={answer.fault} onRetry={answer.retry} about={props.about} />
      </Card>
    ) : null;
  }
  return (
    <>
      <Slot>
        {answer.stale && answer.at !== null ? (
          <Box class="wrap-in">
            <StaleNote at={answer.at} onRetry={answer.retry} />
          </Box>
        ) : null}
      </Slot>
      {props.children(answer.data)}
    </>
  );
}

/** The end of a list: more comes, came not, or there is no more. */
export function MoreView(props: {
  state: "some" | "busy" | "fault" | "end";
  onMore: () => void;
  count: number;
  /** Where the site's server goes on, for readers without scripts. */
  href?: string | undefined;
}) {
  if (props.state === "end") return props.count > 5 ? <Box class="empty t-small">没有更多了</Box> : null;
  if (props.href !== undefined) {
    return <View {...{ role: "link", href: props.href, className: "tap btn btn-plain" }}>看更多</View>;
  }
  if (props.state === "fault") return <Button onTap={props.onMore}>没有读到，点这里重试</Button>;
  return (
    <Button kind="plain" busy={props.state === "busy"} busyText="正在读取…" onTap={props.onMore}>
      看更多
    </Button>
  );
}
