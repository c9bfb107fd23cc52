import { useCallback, useEffect, useRef, useState } from "react";
import type { PostPhoto } from "../outbox.ts";
import { isWeb } from "../platform/env.ts";
import { newKey } from "../platform/id.ts";
import { keepPicture, keptPicture } from "../platform/keep-picture.ts";
import { type Picked, pickPictures } from "../platform/pictures.ts";
import { holdPicture, pictureAtHand, sendPhoto } from "../sending.ts";
import { fitting, type Photo } from "./use-photos.ts";

/** A photo that is also kept on the phone, so that the end of the app does not lose it. */
export type KeptPhoto = Photo & { ref: string | null; name: string };

const asWritten = ({ key, ref, name, total, id }: KeptPhoto): PostPhoto => ({
  key,
  ref,
  name,
  bytes: total,
  media: id,
});

function asShown({ key, ref, name, bytes, media }: PostPhoto, show: string): KeptPhoto {
  const state = media === null ? "sending" : "sent";
  return { key, ref, name, show, state, sent: 0, total: bytes, id: media, url: null, fault: null, picked: null };
}

/** As `usePhotos`, for a post: each is kept first and sent then. `shown`: addresses of those that are with the server. */
export function useKeptPhotos(
  of: string,
  start: readonly PostPhoto[],
  shown: readonly (string | undefined)[] = [],
  most = 9,
) {
  const [photos, setPhotos] = useState<KeptPhoto[]>(() =>
    start.map((one, i) => asShown(one, shown[i] ?? pictureAtHand(one.key)?.show ?? (isWeb ? "" : (one.ref ?? "")))),
  );
  const [note, setNote] = useState<string | null>(null);
  const line = useRef(Promise.resolve());
  const change = useCallback((key: string, by: Partial<KeptPhoto>) => {
    setPhotos((all) => all.map((photo) => (photo.key === key ? { ...photo, ...by } : photo)));
  }, []);

  const send = useCallback(
    ({ key }: Pick<Photo, "key">, written: PostPhoto) => {
      change(key, { state: "sending", fault: null });
      const progress = (sent: number, total: number) => change(key, { sent, total });
      line.current = line.current.then(async () => {
        const answer = await sendPhoto(written, progress);
        if ("media" in answer) change(key, { state: "sent", id: answer.media });
        else change(key, { state: "fault", fault: answer.fault });
      });
    },
    [change],
  );

  const keep = useCallback(
    async (picked: Picked): Promise<KeptPhoto> => {
      const key = newKey();
      const ref = await keepPicture(picked, key, of);
      // A phone moves the file to where it is kept.
      const here = ref === null || isWeb ? picked : { ...picked, show: ref };
      holdPicture(key, here);
      return asShown({ key, ref, name: picked.name, bytes: picked.bytes, media: null }, here.show);
    },
    [of],
  );

  const room = most - photos.length;
  const add = useCallback(async () => {
    const { fits, note } = fitting(await pickPictures(room), room, most);
    setNote(note);
    const fresh: KeptPhoto[] = [];
    for (const one of fits) fresh.push(await keep(one));
    setPhotos((all) => [...all, ...fresh]);
    for (const photo of fresh) send(photo, asWritten(photo));
  }, [room, most, keep, send]);

  // Those of an earlier sitting: read from the phone again, and sent when they were not.
  const first = useRef(start);
  useEffect(() => {
    for (const one of first.current) {
      if (one.ref !== null && isWeb) {
        keptPicture(one.ref, one.name, one.bytes).then(
          (picked) => picked && change(one.key, { show: picked.show }),
          (error: unknown) => console.warn("a kept photo cannot be shown", error),
        );
      }
      if (one.media === null) send(one, one);
    }
  }, [change, send]);

  const remove = useCallback((key: string) => setPhotos((all) => all.filter((photo) => photo.key !== key)), []);
  const again = useCallback(
    (photo: Photo) => {
      const found = photos.find(({ key }) => key === photo.key);
      if (found) send(found, asWritten(found));
    },
    [photos, send],
  );
  return { photos, written: photos.map(asWritten), note, add, remove, send: again, full: room <= 0 };
}
