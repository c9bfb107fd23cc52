import { ratingLevels, ratingTags } from "@weimenhu/domain/cases/rating";
import { List, Row, Section } from "../../ui/card.tsx";
import { dateText } from "../../ui/date.ts";
import type { WholeCase } from "../../wire.ts";

/** What the author gave; nobody else has it. */
export function Ratings({ ratings }: { ratings: WholeCase["ratings"] }) {
  if (ratings.length === 0) return null;
  return (
    <Section title="我的评价">
      <List label="我的评价">
        {ratings.map((one) => {
          const ticks = one.tags.map((tag) => ratingTags[one.stars][tag] ?? "").filter(Boolean);
          const under = [ticks.join("、"), one.text, dateText(one.at)].filter((words) => words !== "").join(" · ");
          return <Row key={one.at} icon="star" title={`${one.stars} 星 ${ratingLevels[one.stars]}`} under={under} />;
        })}
      </List>
    </Section>
  );
}
