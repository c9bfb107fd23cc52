import type { Audience } from "@weimenhu/domain/circle/post";
import type { Waiting } from "./moderation-card.tsx";

/** Who sees it when it is let pass. */
export const reachWords: Record<Audience, string> = {
  village: "关注本村的人",
  villagers: "本村的认证村民",
  cadres: "作者和村、镇、县的工作人员",
};

/** What was decided a moment ago. */
export const decidedWords = ({ by, audience }: Pick<Waiting, "by" | "audience">, pass: boolean): string =>
  pass
    ? `${by.hidden ? "这一条" : `${by.name}的这一条`}，${reachWords[audience]}都能看到了`
    : `${by.hidden ? "这一条" : `${by.name}的这一条`}不让看到了，作者会看到原因`;
