import { useState } from "react";
import { useAct } from "../../hooks/use-act.ts";
import { useAsk } from "../../hooks/use-ask.ts";
import { go, goBack, to } from "../../platform/navigate.ts";
import { type Place, refreshMe, setPlace, useSession } from "../../session.ts";
import { Box } from "../../ui/box.tsx";
import { Button } from "../../ui/button.tsx";
import { Card, List, Row, Section, Stack } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Page } from "../../ui/page.tsx";
import { AnswerView, Empty, FaultNote } from "../../ui/states.tsx";
import { Tag } from "../../ui/words.tsx";
import type { Me, RegionNode, Village } from "../../wire.ts";

/** Which village is shown: those I follow first, then the whole county by town. One tap chooses and goes back. */
export default function RegionPage() {
  const { me, place } = useSession();
  const tree = useAsk("regions.tree", {}, { keep: true, freshMs: 600_000 });
  const [typed, setTyped] = useState("");
  const choose = (next: Place | null) => {
    setPlace(next);
    goBack();
  };
  return (
    <Page title="换一个村">
      <Stack>
        {me && me.villages.length > 0 ? <Followed me={me} place={place} onChoose={choose} /> : null}
        <TextField label="找村名" value={typed} onChange={setTyped} maxLength={20} placeholder="比如：竹溪" />
        <AnswerView answer={tree} rows={6}>
          {({ nodes }) => <Tree nodes={nodes} typed={typed.trim()} place={place} onChoose={choose} />}
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
  return (
    <Section title="我关注的村">
      <Stack gap={3}>
        <FaultNote fault={home.fault} onRetry={home.again} />
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
          <Button icon="house" busy={home.busy} onTap={() => makeHome(other)}>
            {`把${other.name}设为家乡村`}
          </Button>
        ) : null}
      </Stack>
    </Section>
  );
}

function Tree(props: { nodes: RegionNode[]; typed: string; place: Place | null; onChoose: Choose }) {
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
      {typed === "" && county ? (
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
