import { View } from "@tarojs/components";
import type { Body } from "@weimenhu/domain/body";
import { noticeCategories } from "@weimenhu/domain/notices/category";
import { useState } from "react";
import { BodyView } from "../../ui/body.tsx";
import { Stack } from "../../ui/card.tsx";
import { Chips } from "../../ui/field.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Heading, Tag } from "../../ui/words.tsx";
import type { NoticeCard } from "../../wire.ts";

type Edition = "normal" | "elder";

/** The notice as readers will see it, in either edition. */
export function Preview(props: {
  open: boolean;
  onClose: () => void;
  title: string;
  category: NoticeCard["category"];
  body: Body;
}) {
  const [edition, setEdition] = useState<Edition>("normal");
  return (
    <Sheet open={props.open} title="发出来的样子" onClose={props.onClose} closeWord="回去接着写">
      <Chips
        label="哪种版面"
        choices={[
          { key: "normal", word: "普通版" },
          { key: "elder", word: "长辈版" },
        ]}
        value={edition}
        onChange={setEdition}
        wrap
      />
      <View className={`preview skin-${edition === "elder" ? 1 : 0}`}>
        <Stack gap={3}>
          <Heading level={3} size="page">
            {props.title || "（还没有标题）"}
          </Heading>
          <Tag>{noticeCategories[props.category]}</Tag>
          <BodyView body={props.body} />
        </Stack>
      </View>
    </Sheet>
  );
}
