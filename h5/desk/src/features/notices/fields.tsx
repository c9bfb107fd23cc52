import { levelOf } from "@weimenhu/domain/base/region";
import { type NoticeCategory, noticeCategories, noticeCategoryKeys } from "@weimenhu/domain/notices/category";
import { Choice } from "../../ui/choice.tsx";
import { RegionChoice } from "../../ui/region-choice.tsx";
import type { Words } from "./draft.ts";

type FieldsProps = { words: Words; change: (part: Partial<Words>) => void; tops: string[]; fixedRegion: boolean };

export function Fields({ words, change, tops, fixedRegion }: FieldsProps) {
  const hasBelow = words.region !== "" && levelOf(words.region) !== "village";
  return (
    <section className="card stack" aria-label="标题和去向">
      <label className="field">
        标题
        <input value={words.title} maxLength={100} onChange={(event) => change({ title: event.target.value })} />
      </label>
      <div className="line filters">
        <label className="field">
          栏目
          <Choice<NoticeCategory>
            value={words.category}
            any="请选择"
            options={noticeCategoryKeys.map((key) => [key, noticeCategories[key]] as const)}
            onChange={(category) => change({ category })}
          />
        </label>
        <label className="field">
          发布的地方
          <RegionChoice
            value={words.region}
            tops={tops}
            disabled={fixedRegion}
            onChange={(region) =>
              change({ region, ...(region === "" || levelOf(region) === "village" ? { reach: "here" as const } : {}) })
            }
          />
        </label>
        {hasBelow ? (
          <label className="field">
            谁能看到
            <Choice<"here" | "subtree">
              value={words.reach}
              options={[
                ["here", "只在这里显示"],
                ["subtree", "下面各村镇都显示"],
              ]}
              onChange={(reach) => change({ reach: reach === "" ? "here" : reach })}
            />
          </label>
        ) : null}
      </div>
    </section>
  );
}
