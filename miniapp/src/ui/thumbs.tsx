import { Image } from "@tarojs/components";
import { addressOf } from "../platform/env.ts";
import { showPictures } from "../platform/open.ts";
import type { ShownPhoto } from "../wire.ts";
import { Box } from "./box.tsx";
import { Tap } from "./tap.tsx";
import { Para } from "./words.tsx";

/** Small pictures in rows of three, one alone larger; each opens large. Nothing is drawn for none. One of a kept copy may have no address. */
export function Thumbs({ photos: all, label }: { photos: readonly ShownPhoto[]; label: string }) {
  const photos = all.filter(({ url }) => url !== "");
  if (all.length === 0) return null;
  if (photos.length === 0) return <Para size="small">{`有 ${all.length} 张照片，连上网以后能看`}</Para>;
  const large = photos.map(({ url }) => url);
  return (
    <Box class={photos.length === 1 ? "photos photos-one" : "photos"} role="list" label={label}>
      {photos.map((photo, i) => (
        <Box key={photo.url} role="listitem">
          <Tap class="thumb" label={`${label} ${i + 1}，点开看大图`} onTap={() => showPictures(large, photo.url)}>
            <Image className="photo" src={addressOf(photo.small)} mode="aspectFill" lazyLoad />
          </Tap>
        </Box>
      ))}
    </Box>
  );
}
