import { useCallback, useRef, useState } from "react";
import type { Fault } from "../fault.ts";
import { hostName } from "../platform/env.ts";
import { newKey } from "../platform/id.ts";
import { type NotPicked, type Picked, pickPictures, sendPicture } from "../platform/pictures.ts";
import { callHeaders } from "../rpc.ts";
import { readUpload } from "../upload.ts";

export type Photo = {
  key: string;
  show: string;
  state: "sending" | "sent" | "fault";
  sent: number;
  total: number;
  /** Of the stored file; null while there is none, and for one that was stored before. */
  id: string | null;
  url: string | null;
  fault: Fault | null;
  picked: Picked | null;
};

/** Changing one's mind needs no words. */
const notPickedWords: Record<NotPicked, string | null> = {
  cancelled: null,
  "no-permission": `没有打开相册。请在手机的“设置”里找到${hostName}，允许使用照片和相机，再点“加照片”`,
  "no-consent": "您没有同意隐私保护说明，所以没有打开相册。愿意的话，再点“加照片”，选“同意”",
};

/** Of those chosen, what there is room for; and what to say when that is not all. */
export function fitting(
  picked: Picked[] | NotPicked,
  room: number,
  most: number,
): { fits: Picked[]; note: string | null } {
  if (!Array.isArray(picked)) return { fits: [], note: notPickedWords[picked] };
  const over = picked.length - room;
  return { fits: picked.slice(0, room), note: over > 0 ? `最多 ${most} 张，有 ${over} 张没有加上` : null };
}

/** One that is with the server already; its id where it is to be sent along. */
export type StoredPhoto = { url: string; id?: string | null };

/** Photos: chosen, sent one after another with their progress, tried again with the same key. */
export function usePhotos(first: readonly StoredPhoto[] = [], most = 9) {
  const [photos, setPhotos] = useState<Photo[]>(() => first.map(stored));
  const [note, setNote] = useState<string | null>(null);
  const sending = useRef(Promise.resolve());
  /** The one that is on its way. */
  const now = useRef<{ key: string; stop: () => void } | null>(null);
  const removed = useRef(new Set<string>());
  const change = useCallback((key: string, by: Partial<Photo>) => {
    setPhotos((all) => all.map((photo) => (photo.key === key ? { ...photo, ...by } : photo)));
  }, []);

  const send = useCallback(
    (photo: Photo) => {
      const { picked, key } = photo;
      if (!picked) return;
      change(key, { state: "sending", fault: null });
      const progress = (sent: number, total: number) => change(key, { sent, total });
      sending.current = sending.current.then(async () => {
        if (removed.current.has(key)) return;
        const { sent, stop } = sendPicture(picked, key, callHeaders(), progress);
        now.current = { key, stop };
        const answer = await readUpload(sent);
        now.current = null;
        if ("url" in answer) change(key, { state: "sent", url: answer.url, id: answer.id });
        else change(key, { state: "fault", fault: answer.fault });
      });
    },
    [change],
  );

  const add = useCallback(async () => {
    const room = most - photos.length;
    const { fits, note } = fitting(await pickPictures(room), room, most);
    setNote(note);
    const fresh = fits.map(
      (one): Photo => ({
        key: newKey(),
        show: one.show,
        state: "sending",
        sent: 0,
        total: one.bytes,
        id: null,
        url: null,
        fault: null,
        picked: one,
      }),
    );
    setPhotos((all) => [...all, ...fresh]);
    for (const photo of fresh) send(photo);
  }, [photos.length, send, most]);

  /** One that is stuck on its way must not hold up the others. */
  const remove = useCallback((key: string) => {
    removed.current.add(key);
    if (now.current?.key === key) now.current.stop();
    setPhotos((all) => all.filter((photo) => photo.key !== key));
  }, []);
  const clear = useCallback(() => setPhotos([]), []);
  return { photos, note, clear, add, remove, send, full: photos.length >= most };
}

const stored = ({ url, id = null }: StoredPhoto): Photo => ({
  key: newKey(),
  show: url,
  state: "sent",
  sent: 0,
  total: 0,
  id,
  url,
  fault: null,
  picked: null,
});
