import { Image } from "@tarojs/components";
import type { Photo } from "../hooks/use-photos.ts";
import { addressOf } from "../platform/env.ts";
import { Box } from "./box.tsx";
import { Button } from "./button.tsx";
import { Stack } from "./card.tsx";
import { sizeText } from "./date.ts";
import { FaultNote } from "./states.tsx";
import { Note, Para } from "./words.tsx";

type Props = {
  photos: Photo[];
  full: boolean;
  /** Why no photo was chosen, or which ones must be chosen again. */
  note: string | null;
  onAdd: () => void;
  onRemove: (key: string) => void;
  onSend: (photo: Photo) => void;
  addWord?: string;
  /** Said where one was not sent for want of a network. */
  laterWords?: string;
};

/** Photos with what is sent of each. */
export function PhotoGrid(props: Props) {
  const { photos } = props;
  const sent = photos.filter(({ state }) => state === "sent").length;
  return (
    <Stack gap={3}>
      {photos.length > 0 ? (
        <Box class="photos" role="list" label="照片">
          {photos.map((photo, i) => (
            <Box key={photo.key} role="listitem">
              <Image className="photo" src={addressOf(photo.show)} mode="aspectFill" aria-label={`照片 ${i + 1}`} />
              <Para size="note">{stateText(photo)}</Para>
              <Button small kind="plain" label={`移除照片 ${i + 1}`} onTap={() => props.onRemove(photo.key)}>
                移除
              </Button>
            </Box>
          ))}
        </Box>
      ) : null}
      {photos.map((photo, i) =>
        photo.fault === null ? null : (
          <FaultNote
            key={photo.key}
            fault={{ ...photo.fault, zh: `照片 ${i + 1} 没有传上：${photo.fault.zh}` }}
            onRetry={() => props.onSend(photo)}
          />
        ),
      )}
      {props.laterWords && photos.some(({ fault }) => fault?.kind === "offline") ? (
        <Para size="small">{props.laterWords}</Para>
      ) : null}
      {props.note ? (
        <Note live tone="rice">
          {props.note}
        </Note>
      ) : null}
      {photos.length > 0 ? <Box class="t-small" role="status">{`照片已传好 ${sent} / ${photos.length} 张`}</Box> : null}
      {props.full ? null : (
        <Button icon="image-plus" onTap={props.onAdd}>
          {props.addWord ?? "加照片"}
        </Button>
      )}
    </Stack>
  );
}

function stateText(photo: Photo): string {
  if (photo.state === "sent") return "已传好";
  if (photo.state === "fault") return "没有传上";
  if (photo.total > 0 && photo.sent >= photo.total) return "传完了，正在保存…";
  return photo.total > 0 ? `${sizeText(photo.sent)} / ${sizeText(photo.total)}` : "正在传…";
}
