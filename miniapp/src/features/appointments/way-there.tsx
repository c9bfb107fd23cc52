import { useState } from "react";
import { opensLinks } from "../../platform/open.ts";
import { copyText } from "../../platform/share.ts";
import { Button } from "../../ui/button.tsx";
import { Stack } from "../../ui/card.tsx";
import { ForeignLink } from "../../ui/leaving.tsx";
import { Note } from "../../ui/words.tsx";
import type { Offer } from "../../wire.ts";

/**
 * The way to a place of which there is an address and nothing else. The site leads to a map that looks for it: that address asks
 * for no key. Mini-programs open their maps only at a point on the earth, so there the address is copied.
 */
export function WayThere({ offer }: { offer: Offer }) {
  if (offer.sort === "visit" || offer.address === "") return null;
  return opensLinks ? <ForeignLink href={mapOf(offer)}>看地图</ForeignLink> : <CopyAddress address={offer.address} />;
}

/** https://lbs.amap.com/api/uri-api/guide/search/search; the first six digits of a region are its 行政区划代码. */
const mapOf = ({ address, region }: Offer): string =>
  `https://uri.amap.com/search?keyword=${encodeURIComponent(address)}&city=${region.slice(0, 6)}&view=map&src=weimenhu`;

function CopyAddress({ address }: { address: string }) {
  const [copied, setCopied] = useState<boolean | null>(null);
  return (
    <Stack gap={2}>
      <Button small icon="copy" onTap={() => void copyText(address).then(setCopied)}>
        复制地址
      </Button>
      {copied === null ? null : (
        <Note live tone={copied ? "pine" : "rice"}>
          {copied ? "地址已复制，到手机地图里粘贴，就能看怎么走" : "没有复制成功，请抄下地址"}
        </Note>
      )}
    </Stack>
  );
}
