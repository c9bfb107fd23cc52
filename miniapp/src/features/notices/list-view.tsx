import { noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import type { Fault } from "../../fault.ts";
import type { Answer } from "../../hooks/use-ask.ts";
import { to } from "../../platform/navigate.ts";
import { Button } from "../../ui/button.tsx";
import { Card, List, Stack } from "../../ui/card.tsx";
import { Chips, type Choice, PickField } from "../../ui/field.tsx";
import { NoticeRow } from "../../ui/notice-row.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import type { NoticeCard, OutputOf } from "../../wire.ts";

export type Kind = NoticeCard["category"] | "all";
export const kinds: Choice<Kind>[] = [
  { key: "all", word: "全部" },
  ...noticeCategoryKeys.map((key) => ({ key, word: noticeCategories[key] })),
];
export const isKind = (text: string | undefined): text is Kind => kinds.some(({ key }) => key === text);

/** What the list asks for first; the site's server asks the same. */
export const listInput = (region: string | undefined, kind: Kind) => ({
  ...(region ? { region } : {}),
  ...(kind === "all" ? {} : { category: kind }),
  limit: 20,
});
export const listTitle = (place: string | null): string => (place === null ? "全县公告" : `${place}公告`);

/** The kind that a page was opened for stands where it is seen without pushing the line of kinds aside. */
const kindsFrom = (lead: Kind): Choice<Kind>[] => [
  ...kinds.filter(({ key }) => key === "all"),
  ...kinds.filter(({ key }) => key === lead && key !== "all"),
  ...kinds.filter(({ key }) => key !== lead && key !== "all"),
];

export type ListProps = {
  kind: Kind;
  /** The kind that the page was opened for. */
  lead: Kind;
  onKind?: (kind: Kind) => void;
  elder: boolean;
  first: Answer<OutputOf<"notices.list">>;
  items: NoticeCard[];
  more: "some" | "busy" | "fault" | "end";
  moreFault?: Fault | null;
  onMore?: () => void;
  moreHref?: string | undefined;
  now?: number;
};

export function NoticeListView(props: ListProps) {
  return (
    <Stack gap={3}>
      {props.elder ? (
        // Big chips would fill the screen before the first notice.
        <PickField
          label="看哪个栏目"
          options={kinds.map(({ word }) => word)}
          at={kinds.findIndex(({ key }) => key === props.kind)}
          onChange={(at) => props.onKind?.(kinds[at]?.key ?? "all")}
        />
      ) : (
        <Chips
          label="公告栏目"
          choices={kindsFrom(props.lead)}
          value={props.kind}
          onChange={(kind) => props.onKind?.(kind)}
        />
      )}
      <AnswerView answer={props.first} rows={6} about="villageNotices">
        {() =>
          props.items.length === 0 ? (
            <Card>
              <Empty words="这个栏目还没有公告">
                <Button to={to("search")}>搜一搜</Button>
              </Empty>
            </Card>
          ) : (
            <Stack gap={3}>
              <List label="公告">
                {props.items.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} now={props.now} />
                ))}
              </List>
              <MoreView
                state={props.more}
                onMore={() => props.onMore?.()}
                count={props.items.length}
                href={props.moreHref}
              />
            </Stack>
          )
        }
      </AnswerView>
    </Stack>
  );
}
