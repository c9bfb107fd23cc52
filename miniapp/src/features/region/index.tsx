import { useState } from "react";
import { outdate } from "../../hooks/kept.ts";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import type { Place } from "../../place.ts";
import { go, goBack, pageQuery, to } from "../../platform/navigate.ts";
import { refreshMe, setPlace, useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Para, Tag } from "../../ui/words.tsx";
import { wantToFollow } from "../../wanted.ts";
import type { Me, RegionNode, Village } from "../../wire.ts";

/**
 * Which village is shown: those I follow first, then the whole county by town. One tap chooses and goes back. Opened with
 * `follow`, and by somebody signed in who follows none yet, the tap also follows.
 */
export default function RegionPage() {
  const [query] = useState(pageQuery);
  const { me, state, place } = useSession();
  const tree = useAsk("regions.tree", {}, { keep: true, freshMs: 600_000 });
  const [typed, setTyped] = useState("");
  const follow = useAct("regions.follow");
  const opened = query.follow === "1";
  const follows = opened || me?.villages.length === 0;
  const [tried, setTried] = useState<Place | null>(null);
  const choose = async (next: Place | null) => {
    setTried(next);
    const known = me?.villages.some(({ code }) => code === next?.code) ?? false;
    if (follows && next && !known) {
      if (state === "out") {
        setPlace(next);
        wantToFollow(next);
        return go(to("signIn"), "replace");
      }
      if (!(await follow.run({ code: next.code }))) return;
      outdate("regions.");
      setPlace(next);
      await refreshMe();
    }
    setPlace(next);
    goBack();
  };
  const again = () => choose(tried);
  return (
    <Page title={opened ? "关注一个村" : "换一个村"}>
      <Stack>
        {follows ? (
          <Para>
            {state === "out"
              ? "点一个村，登录以后就关注好了。只想看公告，不用登录也不用关注。"
              : "点一个村，就关注它：打开就能看到它的公告，换手机也在。"}
          </Para>
        ) : null}
        <FaultNote fault={follow.fault} onRetry={again} />
        {me && me.villages.length > 0 ? <Followed me={me} place={place} onChoose={choose} /> : null}
        <TextField label="找村名" value={typed} onChange={setTyped} maxLength={20} placeholder="比如：竹溪" />
        <AnswerView answer={tree} rows={6}>
          {({ nodes }) => (
            <Tree nodes={nodes} typed={typed.trim()} place={place} villagesOnly={opened} onChoose={choose} />
          )}
        </AnswerView>
      </Stack>
    </Page>
  );
}

type Choose = (place: Place | null) => void;
const here = (
  <Tag tone="pine" icon="check">
    正在看
  </Tag>
);

function Followed({ me, place, onChoose }: { me: Me; place: Place | null; onChoose: Choose }) {
  const home = useAct("regions.setHome");
  const makeHome = async (village: Village) => {
    if (await home.run({ code: village.code })) await refreshMe();
  };
  const other = me.villages.find(({ code, home: isHome }) => code === place?.code && !isHome);
  const homeOther = other ? () => makeHome(other) : undefined;
  return (
    <Section title="我关注的村">
      <Stack gap={3}>
        <FaultNote fault={home.fault} onRetry={homeOther} />
        <List>
          {me.villages.map((village) => (
            <Row
              key={village.code}
              icon={village.home ? "house" : "map-pin"}
              title={village.name}
              under={village.home ? `家乡村 · ${village.town}` : village.town}
              value={village.code === place?.code ? here : ""}
              onTap={() => onChoose({ code: village.code, name: village.name })}
            />
          ))}
        </List>
        {other ? (
          <Button icon="house" busy={home.busy} onTap={homeOther}>
            {`把${other.name}设为家乡村`}
          </Button>
        ) : null}
      </Stack>
    </Section>
  );
}

type TreeProps = {
  nodes: RegionNode[];
  typed: string;
  place: Place | null;
  /** The county as a whole can be looked at, and not followed. */
  villagesOnly: boolean;
  onChoose: Choose;
};

function Tree(props: TreeProps) {
  const { nodes, typed, place } = props;
  const county = nodes.find(({ level }) => level === "county");
  const towns = nodes.filter(({ level }) => level === "town");
  const villagesOf = (town: string) =>
    nodes.filter(({ level, parent, name }) => level === "village" && parent === town && name.includes(typed));
  const groups = towns.map((town) => ({ town, villages: villagesOf(town.code) })).filter((g) => g.villages.length > 0);
  if (groups.length === 0) {
    return (
      <Card>
        <Empty words={`没有找到“${typed}”。请少输几个字再试`} icon="search" />
      </Card>
    );
  }
  return (
    <Stack>
      {typed === "" && county && !props.villagesOnly ? (
        <List>
          <Row
            icon="landmark"
            title={`看${county.name}（不选村）`}
            value={place === null ? here : ""}
            onTap={() => props.onChoose(null)}
          />
        </List>
      ) : null}
      {groups.map(({ town, villages }) => (
        <Section key={town.code} title={town.name}>
          <List label={town.name}>
            {villages.map((village) => (
              <Row
                key={village.code}
                title={village.name}
                value={village.code === place?.code ? here : ""}
                onTap={() => props.onChoose({ code: village.code, name: village.name })}
              />
            ))}
          </List>
        </Section>
      ))}
      <Box class="t-small">没有您的村？请打反馈电话告诉我们。</Box>
      <Button kind="plain" icon="phone" onTap={() => go(to("about"))}>
        看反馈电话
      </Button>
    </Stack>
  );
}
