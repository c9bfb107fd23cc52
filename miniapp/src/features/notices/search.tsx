import { useReachBottom } from "@tarojs/taro";
import { useMemo, useState } from "react";
import { usePages } from "../../hooks/use-pages.ts";
import { now } from "../../platform/clock.ts";
import { to } from "../../platform/navigate.ts";
import { useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { Chips, type Choice, TextField } from "../../ui/field.tsx";
import { Form, useForm } from "../../ui/form.tsx";
import { Icon } from "../../ui/icon.tsx";
import { NoticeRow } from "../../ui/notice-row.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView, Empty, MoreView } from "../../ui/states.tsx";
import { Tap } from "../../ui/tap.tsx";
import { useHistory } from "./history.ts";

type Where = "here" | "followed" | "county";

/** Who looks for the elder edition by one of its names finds the switch. */
const elderWords = /长辈|长者|老年|老人版|敬老|适老|关怀|亲情|大字|大号|字体|字号|放大|无障碍/;

export default function NoticeSearch() {
  const { me, place } = useSession();
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  const [missing, setMissing] = useState(false);
  const [titles, setTitles] = useState<"all" | "title">("all");
  // A village sees its own, its town's and its county's notices: the widest place that has them all.
  const [chosen, setWhere] = useState<Where | null>(null);
  const where = chosen ?? (place ? "here" : "county");
  const history = useHistory();
  const form = useForm();
  const start = (text: string) => {
    const clean = text.trim();
    setTyped(clean);
    setWords(clean);
    setMissing(clean === "");
    if (clean === "") form.refuse();
    else history.add(clean);
  };
  const change = (text: string) => {
    setTyped(text);
    setMissing(false);
  };
  const places: Choice<Where>[] = [
    ...(place ? [{ key: "here" as const, word: place.name }] : []),
    ...((me?.villages.length ?? 0) > 1 ? [{ key: "followed" as const, word: "我关注的村" }] : []),
    { key: "county", word: "只看县里的" },
  ];
  return (
    <Page title="搜公告">
      <Stack gap={3}>
        <Box role="search">
          <Stack gap={3}>
            <Form tries={form.tries}>
              <TextField
                label="想找什么"
                hint="可以输几个字，也可以输拼音首字母，比如停水通知输 tstz"
                error={missing ? "请先写想找的几个字" : null}
                value={typed}
                onChange={change}
                onDone={() => start(typed)}
                doneWord="search"
                maxLength={50}
              />
            </Form>
            <Button kind="primary" icon="search" onTap={() => start(typed)}>
              搜索
            </Button>
          </Stack>
        </Box>
        {words === "" ? (
          <History words={history.words} onPick={start} onClear={history.clear} />
        ) : (
          <>
            {places.length > 1 ? (
              <Chips label="在哪里找" choices={places} value={where} onChange={setWhere} wrap />
            ) : null}
            <Chips
              label="找标题还是全文"
              choices={[
                { key: "all", word: "标题和正文" },
                { key: "title", word: "只看标题" },
              ]}
              value={titles}
              onChange={setTitles}
              wrap
            />
            {elderWords.test(words) ? (
              <List>
                <Row
                  icon="a-large-small"
                  title="长辈版：大字、大按钮"
                  under="到设置里打开，随时可以换回来"
                  to={to("settings")}
                />
              </List>
            ) : null}
            <Found words={words} titles={titles} where={where} code={place?.code ?? null} />
          </>
        )}
      </Stack>
    </Page>
  );
}

function Found(props: { words: string; titles: "all" | "title"; where: Where; code: string | null }) {
  const { words, titles, where, code } = props;
  const input = useMemo(
    () => ({
      q: words,
      where: titles,
      ...(where === "here" && code ? { region: code } : {}),
      ...(where === "followed" ? { followed: true } : {}),
      limit: 20,
    }),
    [words, titles, where, code],
  );
  const pages = usePages("notices.search", input);
  useReachBottom(pages.loadMore);
  return (
    <AnswerView answer={pages.first} rows={5} inForm>
      {() =>
        pages.items.length === 0 ? (
          <Card>
            <Empty words={`没有找到“${words}”。换个说法，或少输几个字再试`} icon="search">
              {code === null ? <Button to={to("region")}>选一个村，找村里的公告</Button> : null}
            </Empty>
          </Card>
        ) : (
          <Section title={`“${words}”的结果`}>
            <Stack gap={3}>
              <List>
                {pages.items.map((notice) => (
                  <NoticeRow key={notice.id} notice={notice} now={now()} />
                ))}
              </List>
              <MoreView state={pages.more} onMore={pages.loadMore} count={pages.items.length} />
            </Stack>
          </Section>
        )
      }
    </AnswerView>
  );
}

function History(props: { words: string[]; onPick: (words: string) => void; onClear: () => void }) {
  if (props.words.length === 0) return null;
  return (
    <Section title="以前搜过">
      <Stack gap={3}>
        <List>
          {props.words.map((words) => (
            <Tap key={words} class="row" onTap={() => props.onPick(words)}>
              <Box class="row-icon">
                <Icon name="history" />
              </Box>
              <Box class="grow">{words}</Box>
            </Tap>
          ))}
        </List>
        <Button kind="plain" icon="trash-2" onTap={props.onClear}>
          清空记录
        </Button>
      </Stack>
    </Section>
  );
}
