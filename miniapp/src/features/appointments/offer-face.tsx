import { Card, Stack } from "../../ui/card.tsx";
import { Heading, Para, Tag } from "../../ui/words.tsx";
import type { Offer } from "../../wire.ts";
import { WayThere } from "./way-there.tsx";

/** What it is, where, and what to bring. */
export function OfferFace({ offer }: { offer: Offer }) {
  const { name, house, address, phone, bring, sort } = offer;
  return (
    <Card>
      <Stack gap={2}>
        <Heading level={2}>{name}</Heading>
        <Para>{house}</Para>
        {sort === "visit" || address === "" ? null : <Tag icon="map-pin">{address}</Tag>}
        <WayThere offer={offer} />
        {bring.length > 0 ? <Para>{`请带上：${bring.join("、")}`}</Para> : null}
        {phone === "" ? null : <Para size="small">{`电话 ${phone}`}</Para>}
      </Stack>
    </Card>
  );
}
